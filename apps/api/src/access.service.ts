import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  accessLog,
  addUser,
  changeUser,
  hashPassword,
  issue,
  keysOf,
  revoke,
  rotate,
  usersOf,
  type Actor,
} from '@faultline/access';
import { instantOf, msOf } from '@faultline/evidence';
import { CLOCK, Database, type Clock, type Scope, type Tx } from '@faultline/platform';
import type { AccessLogQuery, KeyBody, RotateBody, UserBody, UserChange } from './dto/access.js';
import { ProblemException } from './http/problem.filter.js';
import { refuseWeak } from './own-account.service.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** People, keys and the access log, each of the caller’s own tenant. */
@Injectable()
export class AccessService {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async users(actor: Actor) {
    return { data: await this.database.transaction('app', scopeOf(actor), 'read', usersOf) };
  }

  async addUser(actor: Actor, { login, role, password }: z.infer<typeof UserBody>) {
    if (password !== undefined) await refuseWeak(password, login, actor.tenantId);
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const user = await this.write(actor, (tx) => addUser(tx, { login, role, passwordHash }));
    if (!user) throw new ProblemException(409, 'user.exists', `got ${JSON.stringify(login)}, which there is already`);
    return { data: user };
  }

  async changeUser(actor: Actor, userId: string, { role, disabled, password }: z.infer<typeof UserChange>) {
    const own = actor.userId !== null && actor.userId === userId;
    if (own && (disabled === true || (role !== undefined && role !== actor.role))) {
      throw new ProblemException(
        409,
        'user.self',
        'got a change that takes your own rights: let another admin do it, so that one is left',
      );
    }
    if (password !== undefined) {
      const users = await this.database.transaction('app', scopeOf(actor), 'read', usersOf);
      const login = users.find(({ id }) => id === userId)?.login;
      if (login !== undefined) await refuseWeak(password, login, actor.tenantId);
    }
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const user = UUID.test(userId)
      ? await this.write(actor, (tx) => changeUser(tx, userId, { role, disabled, passwordHash }, this.clock.now()))
      : undefined;
    if (!user) throw nothing('user', userId);
    return { data: user };
  }

  async keys(actor: Actor) {
    return {
      data: await this.database.transaction('app', scopeOf(actor), 'read', (tx) => keysOf(tx, this.clock.now())),
    };
  }

  async addKey(actor: Actor, { label, role, scopes, expiresInDays }: z.infer<typeof KeyBody>) {
    const id = randomUUID();
    const expiresAt = this.in(expiresInDays * DAY_MS);
    const secret = await this.write(actor, (tx) =>
      issue(tx, 'api-key', { role, label, scopes, credentialId: id }, expiresAt),
    );
    return { data: { id, secret, expiresAt } };
  }

  async rotateKey(actor: Actor, keyId: string, { expiresInDays, graceHours }: z.infer<typeof RotateBody>) {
    const now = this.clock.now();
    const expiresAt = this.in(expiresInDays * DAY_MS);
    const secret = await this.write(actor, async (tx) => {
      const key = (await keysOf(tx, now)).find(({ id, revokedAt }) => id === keyId && revokedAt === null);
      if (!key) throw nothing('key', keyId);
      return rotate(tx, key, { now, graceEndsAt: this.in(graceHours * HOUR_MS), expiresAt });
    });
    return { data: { id: keyId, secret, expiresAt } };
  }

  async revokeKey(actor: Actor, keyId: string): Promise<void> {
    const revoked =
      UUID.test(keyId) && (await this.write(actor, (tx) => revoke(tx, 'api-key', keyId, this.clock.now())));
    if (!revoked) throw nothing('key', keyId);
  }

  async log(actor: Actor, { limit, cursor }: z.infer<typeof AccessLogQuery>) {
    const rows = await this.database.transaction('app', scopeOf(actor), 'read', (tx) =>
      accessLog(tx, limit + 1, cursor ?? null),
    );
    const data = rows.slice(0, limit);
    return { data, next: rows.length > limit ? data.at(-1)!.id : null };
  }

  private write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction('app', scopeOf(actor), 'write', work);
  }

  private in(ms: number): string {
    return instantOf(msOf(this.clock.now()) + ms);
  }
}

function scopeOf(actor: Actor): Scope {
  return { tenantId: actor.tenantId, actor: actor.label };
}

/** The same for what is another tenant’s and for what is not at all. */
function nothing(kind: string, id: string): ProblemException {
  return new ProblemException(404, 'not_found', `no ${kind} ${JSON.stringify(id.slice(0, 80))} is known`);
}
