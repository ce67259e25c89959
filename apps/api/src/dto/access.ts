import { z } from 'zod';
import { PASSWORD_LENGTH, SCOPES, SENSITIVE, USER_ROLES } from '@faultline/access';
import { Instant } from './coordinates.js';

const Role = z.enum(USER_ROLES);
const Scopes = z.array(z.enum(SCOPES));
const Login = z
  .string()
  .trim()
  .min(1)
  .max(254)
  .regex(/^[^\s\p{Cc}]+$/u, 'wanted an e-mail address or a name without blanks');
const Password = z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most);

export const Me = z
  .object({
    data: z.object({
      tenantId: z.string(),
      role: Role,
      label: z.string(),
      scopes: Scopes,
      by: z.enum(['api-key', 'session']),
    }),
  })
  .meta({ id: 'Me' });

export const SignInBody = z.strictObject({
  login: z.string().min(1).max(254),
  password: z.string().min(1).max(PASSWORD_LENGTH.most),
  tenant: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .default('local')
    .describe('The organisation; where there is only one, it is left out'),
});

export const SignInWays = z
  .object({
    data: z.object({
      anonymousReads: z.boolean().describe('Whether public facts are read without signing in'),
      passwords: z.boolean().describe('Whether accounts sign in by a password'),
      provider: z.string().nullable().describe('Host of the identity provider; null where none is set up'),
    }),
  })
  .meta({ id: 'SignInWays' });

const User = z.object({
  id: z.string(),
  login: z.string(),
  role: Role,
  hasPassword: z.boolean(),
  isLinked: z.boolean().describe('Whether an identity provider has vouched for the account'),
  disabledAt: Instant.nullable(),
  createdAt: Instant,
});
export const UserAnswer = z.object({ data: User }).meta({ id: 'UserAnswer' });
export const UserList = z.object({ data: z.array(User) }).meta({ id: 'UserList' });
export const UserBody = z.strictObject({ login: Login, role: Role, password: Password.optional() });
export const UserChange = z.strictObject({
  role: Role.optional(),
  disabled: z.boolean().optional(),
  password: Password.optional(),
});

const Key = z.object({
  id: z.string(),
  label: z.string(),
  role: Role,
  scopes: Scopes,
  createdAt: Instant,
  expiresAt: Instant.nullable().describe('When its newest secret stops working; null: never'),
  revokedAt: Instant.nullable(),
  lastUsedAt: Instant.nullable().describe('Exact to some minutes'),
  secrets: z.number().int().describe('Secrets that work now: two while an old one has its grace'),
});
export const KeyList = z.object({ data: z.array(Key) }).meta({ id: 'KeyList' });
export const KeyBody = z.strictObject({
  label: z.string().trim().min(1).max(120),
  role: Role,
  scopes: Scopes.min(1).default(['read']),
  expiresInDays: z.number().int().min(1).max(730).default(90),
});
export const RotateBody = z.strictObject({
  expiresInDays: z.number().int().min(1).max(730).default(90),
  graceHours: z.number().int().min(0).max(168).default(24).describe('How long the secret of now still works'),
});
export const KeyMade = z
  .object({
    data: z.object({
      id: z.string(),
      secret: z.string().describe('Shown this once: it is kept nowhere'),
      expiresAt: Instant.nullable(),
    }),
  })
  .meta({ id: 'KeyMade' });

export const AccessLogQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.uuid().optional().describe('`next` of the page before'),
});
export const AccessLogList = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        position: z.number().int().nullable().describe('In the ledger; null until it has been placed'),
        at: Instant,
        what: z.enum(SENSITIVE),
        request: z.string(),
        by: z.string(),
        role: Role,
        credentialId: z.string(),
        userId: z.string().nullable(),
        rows: z.number().int().nullable(),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'AccessLog' });
