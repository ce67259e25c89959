/** How far signing in or out has come. */
export type Entering =
  { readonly phase: 'idle' } | { readonly phase: 'sending' } | { readonly phase: 'refused'; readonly text: string };

const WORDS: Readonly<Record<string, string>> = {
  'not-set-up': 'no identity provider is set up here.',
  unreachable: 'the identity provider did not answer. Try again later, or sign in with a password.',
  'another-journey': 'this sign-in was begun in another window, or too long ago. Begin again.',
  'not-vouched': 'the identity provider did not confirm who you are.',
  'unknown-user': 'the identity provider knows you, but you have no account here. Ask an administrator for one.',
  disabled: 'your account here is disabled.',
  'account-taken': 'the account of your e-mail address belongs to somebody else at the identity provider.',
  'one-factor': 'the identity provider did not ask you for a second factor, which is wanted here.',
  'no-role': 'the identity provider gives you no role here.',
};

/** Why the identity provider’s word let nobody in, where the address of the page says so; one of our own sentences. */
export const providerRefusal = (hash: string): string | null => {
  const why = new URLSearchParams(hash.split('?')[1] ?? '').get('refused');
  if (why === null || !hash.startsWith('#/sign-in')) return null;
  return `You are not signed in: ${WORDS[why] ?? 'the identity provider sent you back for a reason unknown here.'}`;
};
