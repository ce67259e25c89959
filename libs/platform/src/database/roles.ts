import { createHmac } from 'node:crypto';
import { ConfigError } from '../config.js';

/** Database roles. `owner` owns the tables and never serves a request; the others hold only the grants they need. */
export const ROLES = ['app', 'feed', 'sequencer'] as const;
export type Role = (typeof ROLES)[number];

export const OWNER_ROLE = 'faultline_owner';
export const roleName = (role: Role): string => `faultline_${role}`;

/**
 * The password of a service role where the operator gave none: derived from the owner's, so that one secret is kept,
 * and the owner's cannot be had from it.
 */
export function rolePassword(ownerPassword: string, role: Role): string {
  return createHmac('sha256', ownerPassword).update(`faultline role ${role}`).digest('base64url');
}

export type RoleUrls = Readonly<Record<Role, string>>;

/** Connection addresses of the service roles, from the owner's address or as given one by one. */
export function roleUrls(
  ownerUrl: string | undefined,
  given: Partial<Record<Role, string | undefined>> = {},
): RoleUrls {
  const urlOf = (role: Role): string => {
    const explicit = given[role];
    if (explicit) return explicit;
    if (!ownerUrl) {
      throw new ConfigError(
        `DATABASE_URL_${role.toUpperCase()} is not set and neither is DATABASE_URL: set one of them in the environment`,
      );
    }
    const url = new URL(ownerUrl);
    url.password = rolePassword(decodeURIComponent(url.password), role);
    url.username = roleName(role);
    return url.href;
  };
  return { app: urlOf('app'), feed: urlOf('feed'), sequencer: urlOf('sequencer') };
}
