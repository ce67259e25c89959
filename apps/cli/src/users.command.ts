import {
  addUser,
  changeUser,
  hashPassword,
  issue,
  PASSWORD_LENGTH,
  USER_ROLES,
  usersOf,
  type UserRole,
  weaknessOf,
} from '@faultline/access';
import { instantOf } from '@faultline/evidence';
import type { Database, Scope } from '@faultline/platform';
import { inTenant, oneOf, TENANT_OPTIONS } from './in-tenant.js';
import { argumentsOf } from './place.js';
import { UsageError } from './usage.js';

const OPTIONS = { ...TENANT_OPTIONS, role: { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const;
const LINK_HOURS = 24;

/** `faultline users add|list|disable|enable`: the people of a tenant who may sign in. */
export async function runUsers(args: string[]): Promise<number> {
  const { values, positionals } = argumentsOf('users', args, OPTIONS, true);
  const [deed, login, ...rest] = positionals;
  if (rest.length > 0 || (login === undefined) !== (deed === 'list'))
    throw new UsageError(`faultline users: wanted list, add LOGIN, disable LOGIN or enable LOGIN`);
  switch (oneOf('users', deed, ['list', 'add', 'disable', 'enable'])) {
    case 'list':
      return inTenant('users', values, list);
    case 'add': {
      const role = oneOf('users --role', values.role ?? 'viewer', USER_ROLES);
      const password = values['password-stdin'] ? await readPassword() : undefined;
      const weakness =
        password === undefined
          ? undefined
          : await weaknessOf(password, { login: login!, tenantId: values.tenant ?? '' });
      if (weakness)
        throw new UsageError(
          `faultline users: got a password ${weakness.reason === 'context' ? `with ${JSON.stringify(weakness.word)} in it` : 'that is common, breached or near one that is'}`,
        );
      return inTenant('users', values, (database, scope) => add(database, scope, { login: login!, role, password }));
    }
    case 'disable':
      return inTenant('users', values, (database, scope) => setDisabled(database, scope, login!, true));
    case 'enable':
      return inTenant('users', values, (database, scope) => setDisabled(database, scope, login!, false));
  }
}

async function list(database: Database, scope: Scope): Promise<number> {
  for (const { login, role, hasPassword, isLinked, disabledAt } of await database.transaction(
    'app',
    scope,
    'read',
    usersOf,
  )) {
    const ways = [...(hasPassword ? ['password'] : []), ...(isLinked ? ['identity provider'] : [])].join(', ');
    process.stdout.write(
      `${login}\t${role}\t${ways || 'link'}\t${disabledAt === null ? '' : `disabled ${disabledAt}`}\n`,
    );
  }
  return 0;
}

async function add(
  database: Database,
  scope: Scope,
  { login, role, password }: { login: string; role: UserRole; password: string | undefined },
): Promise<number> {
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const made = await database.transaction('app', scope, 'write', async (tx) => {
    const user = await addUser(tx, { login, role, passwordHash });
    if (!user || passwordHash !== null) return { user, token: undefined };
    const ends = instantOf(Date.now() + LINK_HOURS * 3_600_000);
    return { user, token: await issue(tx, 'sign-in', { role, label: user.login, userId: user.id }, ends) };
  });
  if (!made.user) {
    process.stderr.write(`faultline users: got ${JSON.stringify(login)}, which tenant ${scope.tenantId} has already\n`);
    return 1;
  }
  process.stdout.write(`Added ${made.user.login}, ${role}\n`);
  if (made.token !== undefined)
    process.stdout.write(`Signs in once, within ${LINK_HOURS} hours, at /signin#${made.token} of the service\n`);
  return 0;
}

async function setDisabled(database: Database, scope: Scope, login: string, disabled: boolean): Promise<number> {
  const changed = await database.transaction('app', scope, 'write', async (tx) => {
    const user = (await usersOf(tx)).find((other) => other.login === login.trim().normalize('NFKC').toLowerCase());
    return user && changeUser(tx, user.id, { disabled }, instantOf(Date.now()));
  });
  if (!changed) {
    process.stderr.write(`faultline users: tenant ${scope.tenantId} has no user ${JSON.stringify(login)}\n`);
    return 1;
  }
  process.stdout.write(`${disabled ? 'Disabled' : 'Enabled'} ${changed.login}\n`);
  return 0;
}

/** The first line of standard input: a password on a command line would be seen by everybody on the machine. */
async function readPassword(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  const password = text.split(/\r?\n/)[0]!;
  const { least, most } = PASSWORD_LENGTH;
  if (password.length < least || password.length > most)
    throw new UsageError(
      `faultline users: got a password of ${password.length} characters, wanted ${least} to ${most}`,
    );
  return password;
}
