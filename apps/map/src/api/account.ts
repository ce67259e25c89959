import { sessionSignIn, sessionSignOut, sessionWays } from '../generated/sdk.gen.js';
import { problemText, ReadFailure } from './client.js';
import { faultsOf } from './faults.js';

/** How one signs in here. */
export interface SignInWays {
  /** Whether what is public is read without signing in. */
  readonly anonymousReads: boolean;
  /** Whether accounts sign in by a password. */
  readonly passwords: boolean;
  /** Host of the identity provider, where one is set up. */
  readonly provider: string | null;
}

/** Where a browser goes to be vouched for; it comes back signed in, or to the account page with a reason. */
export const PROVIDER_PATH = '/api/v1/session/provider';

/** @throws ReadFailure */
export const readSignInWays = async (signal: AbortSignal): Promise<SignInWays> => {
  const { data, error, response } = await sessionWays({ signal });
  signal.throwIfAborted();
  if (response === undefined) throw new ReadFailure('network', null, 'The service did not answer.');
  if (!response.ok) throw new ReadFailure('refused', response.status, problemText(error, response.status));
  const ways = data?.data;
  if (typeof ways?.anonymousReads !== 'boolean' || typeof ways.passwords !== 'boolean') {
    throw new ReadFailure('unreadable', response.status, 'The answer does not have the agreed shape.');
  }
  return { anonymousReads: ways.anonymousReads, passwords: ways.passwords, provider: ways.provider };
};

export interface SignInOrder {
  readonly login: string;
  readonly password: string;
  /** Empty where there is only one organisation. */
  readonly tenant: string;
}

/** Null where it is done; otherwise why not, in the words of the service. */
export type AccountAnswer = string | null;

const NO_ANSWER = 'The service did not answer. Try again.';

const refusalOf = (status: number, error: unknown): string => {
  const [fault] = faultsOf(status, error);
  if (fault?.code === 'signin.refused')
    return 'This login and this password let nobody in. Look at both, and at the organisation.';
  return fault?.detail ?? `The service answered ${status}.`;
};

export const signIn = async ({ login, password, tenant }: SignInOrder): Promise<AccountAnswer> => {
  const { error, response } = await sessionSignIn({ body: { login, password, ...(tenant === '' ? {} : { tenant }) } });
  if (response === undefined) return NO_ANSWER;
  return response.ok ? null : refusalOf(response.status, error);
};

export const signOut = async (): Promise<AccountAnswer> => {
  const { error, response } = await sessionSignOut();
  if (response === undefined) return NO_ANSWER;
  return response.ok ? null : refusalOf(response.status, error);
};
