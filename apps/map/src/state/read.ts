/** What a reader has of one answer. A read that failed is never shown as one that found nothing. */
export type Read<T> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'loading'; readonly asked: string; readonly last: T | null }
  | { readonly phase: 'found'; readonly asked: string; readonly value: T }
  | { readonly phase: 'failed'; readonly asked: string; readonly reason: string; readonly last: T | null };

export const IDLE = { phase: 'idle' } as const;

/** The answer of an earlier question, where one is still at hand; never to be shown as the answer to this one. */
export const lastOf = <T>(read: Read<T>): T | null => {
  switch (read.phase) {
    case 'idle':
      return null;
    case 'found':
      return read.value;
    case 'loading':
    case 'failed':
      return read.last;
  }
};

export const toLoading = <T>(read: Read<T>, asked: string): Read<T> => ({
  phase: 'loading',
  asked,
  last: lastOf(read),
});

/** An answer counts only for the question that still stands: a late one leaves the read as it is. */
export const toFound = <T>(read: Read<T>, asked: string, value: T): Read<T> =>
  read.phase === 'loading' && read.asked === asked ? { phase: 'found', asked, value } : read;

export const toFailed = <T>(read: Read<T>, asked: string, reason: string): Read<T> =>
  read.phase === 'loading' && read.asked === asked ? { phase: 'failed', asked, reason, last: read.last } : read;
