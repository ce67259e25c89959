import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { AccessScope, UserRole } from '@faultline/access';

/** Who may call a route. */
export type Allowed =
  /** Anybody, always: what one needs to sign in, and whether the service is alive. */
  | { readonly to: 'all' }
  /** Public facts: anybody, unless the operator wants readers known. Who is known reads the own facts too. */
  | { readonly to: 'readers'; readonly scope: AccessScope }
  /** Who is known and has one of the roles, with a credential for this. */
  | { readonly to: 'roles'; readonly roles: readonly UserRole[]; readonly scope: AccessScope | null };

export const ALLOWED = Symbol('allowed');
export const OPERATION_ALLOWED = 'x-allowed';

const declare = (allowed: Allowed) =>
  applyDecorators(SetMetadata(ALLOWED, allowed), ApiExtension(OPERATION_ALLOWED, allowed));

/** Every route says who may call it, by one of these three; without one the service does not start. */
export const AllowAll = () => declare({ to: 'all' });
export const AllowReaders = (scope: AccessScope = 'read') => declare({ to: 'readers', scope });
export const AllowRoles = (scope: AccessScope | null, ...roles: readonly UserRole[]) =>
  declare({ to: 'roles', roles, scope });

export const EVERY_ROLE = ['viewer', 'analyst', 'auditor', 'admin'] as const;
export const EDITORS = ['analyst', 'admin'] as const;
