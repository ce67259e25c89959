export const USER_ROLES = ['viewer', 'analyst', 'auditor', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** The tenant of whoever runs the installation: what its desk enters is everybody’s to read. */
export const OPERATOR_TENANT = 'local';

/** What a key may be used for, within what the role may do. */
export const SCOPES = ['read', 'write', 'report', 'admin'] as const;
export type AccessScope = (typeof SCOPES)[number];

/** Who is asking. */
export interface Actor {
  readonly tenantId: string;
  readonly role: UserRole;
  readonly label: string;
  readonly scopes: readonly AccessScope[];
  /** Of the API key or session that was shown; never a secret. */
  readonly credentialId: string;
  /** Null for keys, and for who came by a link that names nobody. */
  readonly userId: string | null;
}
