import { Inject, Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import {
  addUser,
  changeUser,
  USER_ROLES,
  vouchedUser,
  type User,
  type UserRole,
  type Vouched,
} from '@faultline/access';
import { CLOCK, Database, GuardedClient, WEBHOOK_EGRESS, type Clock } from '@faultline/platform';
import { ACCESS_SETTINGS, type AccessSettings } from './http/access-settings.js';
import type { ProviderSettings } from './http/provider-settings.js';

export const CALLBACK = '/api/v1/session/provider/callback';

/** What must be the same when somebody comes back: kept in a cookie of the very browser that was sent away. */
export interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Why somebody the provider sent back is not let in. */
export type Refusal =
  | 'not-set-up'
  | 'unreachable'
  | 'another-journey'
  | 'not-vouched'
  | 'unknown-user'
  | 'disabled'
  | 'account-taken'
  | 'no-role'
  | 'one-factor';
export type Vouching =
  { readonly outcome: 'known'; readonly tenantId: string; readonly user: User } | { readonly outcome: Refusal };

/** The first of these that the provider names counts. */
const ROLE_ORDER = ['admin', 'analyst', 'auditor', 'viewer'] as const satisfies readonly UserRole[];
const TIMEOUT_S = 10;
/** Authentication methods of RFC 8176 that are something known, and those that are something had or of the body. */
const KNOWN_METHODS = new Set(['pwd', 'pin', 'kba']);
const OTHER_METHODS = new Set(['otp', 'hwk', 'swk', 'sc', 'sms', 'tel', 'fpt', 'face', 'iris', 'retina', 'vbm']);

/** Whether `amr` names several factors, or two of different kinds. */
function hasSecondFactor(amr: unknown): boolean {
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [];
  const has = (kind: ReadonlySet<string>) => methods.some((method) => typeof method === 'string' && kind.has(method));
  return methods.includes('mfa') || (has(KNOWN_METHODS) && has(OTHER_METHODS));
}

/** Signing in by an OpenID Connect provider: code flow with PKCE, state and nonce. */
@Injectable()
export class ProviderService {
  private readonly log = new Logger('provider');
  private found: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  /** Where to send a browser, and what it must bring back. */
  async depart(): Promise<
    { readonly outcome: 'sent'; readonly url: string; readonly journey: Journey } | { readonly outcome: Refusal }
  > {
    const { provider } = this.settings;
    if (!provider) return { outcome: 'not-set-up' };
    const configuration = await this.discovered(provider);
    if (!configuration) return { outcome: 'unreachable' };
    const journey = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callback(),
      scope: 'openid email profile',
      response_type: 'code',
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    });
    return { outcome: 'sent', url: url.href, journey };
  }

  /** Whom the provider vouches for. `query` is what the browser came back with. */
  async arrive(query: string, journey: Journey | undefined): Promise<Vouching> {
    const { provider } = this.settings;
    if (!provider) return { outcome: 'not-set-up' };
    if (!journey || new URLSearchParams(query).get('state') !== journey.state) return { outcome: 'another-journey' };
    const configuration = await this.discovered(provider);
    if (!configuration) return { outcome: 'unreachable' };
    const claims = await this.claimsOf(configuration, query, journey);
    if (!claims) return { outcome: 'not-vouched' };
    if (provider.secondFactor && !hasSecondFactor(claims['amr'])) return { outcome: 'one-factor' };
    return this.account(provider, claims);
  }

  private async claimsOf(
    configuration: oidc.Configuration,
    query: string,
    journey: Journey,
  ): Promise<(oidc.IDToken & oidc.JsonObject) | undefined> {
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.callback()}?${query}`), {
        pkceCodeVerifier: journey.verifier,
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims()!;
      if (told['email'] !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined) return told;
      return { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, told.sub)), ...told };
    } catch (error) {
      this.log.warn(`not vouched for: ${String((error as { code?: string }).code)} ${(error as Error).message}`);
      return undefined;
    }
  }

  private async account(provider: ProviderSettings, claims: oidc.IDToken): Promise<Vouching> {
    const { tenantId, roleClaim } = provider;
    const role = roleClaim === null ? undefined : roleIn(claims[roleClaim]);
    if (roleClaim !== null && role === undefined) return { outcome: 'no-role' };
    const email = claims['email'];
    const said = {
      issuer: claims.iss,
      subject: claims.sub,
      verifiedEmail: typeof email === 'string' && claims['email_verified'] === true ? email : null,
    };
    const scope = { tenantId, actor: 'sign-in' };
    return this.database.transaction('app', scope, 'write', async (tx): Promise<Vouching> => {
      let vouched: Vouched = await vouchedUser(tx, said);
      // Where the provider gives the role, it also says who belongs here.
      if (vouched.outcome === 'unknown' && role !== undefined && said.verifiedEmail !== null) {
        await addUser(tx, { login: said.verifiedEmail, role, passwordHash: null });
        vouched = await vouchedUser(tx, said);
      }
      if (vouched.outcome !== 'known') return { outcome: WORD_OF[vouched.outcome] };
      const { user } = vouched;
      if (role === undefined || role === user.role) return { outcome: 'known', tenantId, user };
      const changed = await changeUser(tx, user.id, { role }, this.clock.now());
      return { outcome: 'known', tenantId, user: changed ?? user };
    });
  }

  private callback(): string {
    return `${this.settings.publicOrigin}${CALLBACK}`;
  }

  /** What the issuer publishes of itself; asked again after it could not be had. */
  private async discovered(provider: ProviderSettings): Promise<oidc.Configuration | undefined> {
    this.found ??= discover(provider);
    try {
      return await this.found;
    } catch (error) {
      this.found = undefined;
      this.log.error(`${provider.issuer} could not be asked: ${(error as Error).message}`);
      return undefined;
    }
  }
}

const WORD_OF = { unknown: 'unknown-user', disabled: 'disabled', taken: 'account-taken' } as const;

function roleIn(said: unknown): UserRole | undefined {
  const words: readonly unknown[] = Array.isArray(said) ? said : [said];
  return ROLE_ORDER.find((role) => USER_ROLES.includes(role) && words.includes(role));
}

/** Asks the issuer’s own address, and beside it only public ones that the issuer itself names; follows no redirect. */
async function discover(provider: ProviderSettings): Promise<oidc.Configuration> {
  const issuer = new URL(provider.issuer);
  const guard = new GuardedClient({ ...WEBHOOK_EGRESS, allow: provider.egressAllow });
  const guarded: oidc.CustomFetch = async (url, options) => {
    if (new URL(url).origin !== issuer.origin) await guard.admit(url);
    return fetch(url, { ...options, redirect: 'manual' });
  };
  return oidc.discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
    [oidc.customFetch]: guarded,
    timeout: TIMEOUT_S,
    // The library takes TLS for proof enough of whose token it is; we want its signature too.
    execute: [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])],
  });
}
