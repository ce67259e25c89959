import type { Config } from '@faultline/platform';
import { providerSettings, type ProviderSettings } from './provider-settings.js';

/** An allowance of so many within so many seconds. */
export interface Budget {
  readonly count: number;
  readonly seconds: number;
}

export interface AccessSettings {
  /** Whether public facts are read without signing in. */
  readonly anonymousReads: boolean;
  /** Whether accounts sign in by a password kept here. */
  readonly passwords: boolean;
  /** Where readers find the service, where that is not what they asked by: `https://faultline.example`. */
  readonly publicOrigin: string | null;
  /** Null: no limit. */
  readonly requests: Budget | null;
  readonly exports: Budget | null;
  readonly signIns: Budget | null;
  readonly provider: ProviderSettings | null;
}

/** As the operator set them. */
export function accessSettings(config: Config): AccessSettings {
  return {
    anonymousReads: config.FAULTLINE_ANONYMOUS_READS === 'on',
    passwords: config.FAULTLINE_PASSWORDS === 'on',
    publicOrigin: config.FAULTLINE_MAP_URL === undefined ? null : new URL(config.FAULTLINE_MAP_URL).origin,
    requests: budgetOf(config.FAULTLINE_REQUEST_BUDGET),
    exports: budgetOf(config.FAULTLINE_EXPORT_BUDGET),
    signIns: budgetOf(config.FAULTLINE_SIGN_IN_BUDGET),
    provider: providerSettings(config),
  };
}

function budgetOf(text: string): Budget | null {
  const [count, seconds] = text.split('/').map(Number);
  return count === undefined || seconds === undefined ? null : { count, seconds };
}

export const ACCESS_SETTINGS = Symbol('ACCESS_SETTINGS');

export const isSecure = ({ publicOrigin }: AccessSettings): boolean => publicOrigin?.startsWith('https:') ?? false;

/** A name with `__Host-` is kept by browsers for this host and https alone. */
export const sessionCookie = (settings: AccessSettings): string =>
  isSecure(settings) ? '__Host-faultline_session' : 'faultline_session';

/** A cookie no script can read, sent with no request that another site makes but a plain navigation. */
export function cookie(settings: AccessSettings, name: string, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${isSecure(settings) ? '; Secure' : ''}`;
}

export function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(/; */).map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
