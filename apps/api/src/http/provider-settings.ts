import { ConfigError, type Config } from '@faultline/platform';

/** An OpenID Connect provider that says who somebody is. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whose people it knows. */
  readonly tenantId: string;
  /** Where the provider says the role. Null: the role is the account’s, and only accounts there are come in. */
  readonly roleClaim: string | null;
  /** Whether the provider must say that it asked for a second factor. */
  readonly secondFactor: boolean;
  /** Networks beside public ones in which endpoints away from the issuer’s own address may stand. */
  readonly egressAllow: readonly string[];
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** @throws ConfigError where only a part is set, or what is set could not be safe. */
export function providerSettings(config: Config): ProviderSettings | null {
  const { FAULTLINE_OIDC_ISSUER: issuer, FAULTLINE_OIDC_CLIENT_ID: clientId } = config;
  const { FAULTLINE_OIDC_CLIENT_SECRET: clientSecret, FAULTLINE_MAP_URL: mapUrl } = config;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || mapUrl === undefined) {
    throw new ConfigError(
      'FAULTLINE_OIDC_ISSUER, FAULTLINE_OIDC_CLIENT_ID, FAULTLINE_OIDC_CLIENT_SECRET and FAULTLINE_MAP_URL: got only some, wanted all four: the provider must know where to send people back to',
    );
  }
  const { protocol, hostname } = new URL(issuer);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname))
    throw new ConfigError(`FAULTLINE_OIDC_ISSUER: got ${issuer}, wanted an address with https`);
  return {
    issuer,
    clientId,
    clientSecret,
    tenantId: config.FAULTLINE_OIDC_TENANT,
    roleClaim: config.FAULTLINE_OIDC_ROLE_CLAIM ?? null,
    secondFactor: config.FAULTLINE_OIDC_SECOND_FACTOR === 'on',
    egressAllow: config.FAULTLINE_EGRESS_ALLOW,
  };
}
