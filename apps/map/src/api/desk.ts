import { entriesChallenge, entriesEnter, entriesReview, incidentsClaims, sessionMe } from '../generated/sdk.gen.js';
import type { EntriesReviewData } from '../generated/types.gen.js';
import { problemText, ReadFailure } from './client.js';
import { faultsOf } from './faults.js';
import { NO_ANSWER, UNREADABLE, WriteFailure } from './receipts.js';
import type { ClaimReceipt } from './receipts.js';

/** Who reads this page. Nobody being signed in is an answer, not a failure. */
export type Session =
  | { readonly outcome: 'signed-in'; readonly label: string; readonly role: string; readonly tenantId: string }
  | { readonly outcome: 'signed-out' };

/** Something an analyst does; each becomes a claim of its own. */
export type Order =
  | { readonly what: 'review'; readonly body: EntriesReviewData['body'] }
  | { readonly what: 'challenge'; readonly claimId: string; readonly text: string }
  | { readonly what: 'claim'; readonly claim: Readonly<Record<string, unknown>> & { readonly subject: string } };

/** @throws ReadFailure where the service does not say who is signed in. */
export const readSession = async (signal: AbortSignal): Promise<Session> => {
  const { data, error, response } = await sessionMe({ signal });
  signal.throwIfAborted();
  if (response === undefined) throw new ReadFailure('network', null, 'The service did not answer.');
  if (response.status === 401) return { outcome: 'signed-out' };
  if (!response.ok) throw new ReadFailure('refused', response.status, problemText(error, response.status));
  const { label, role, tenantId } = data?.data ?? {};
  if (typeof label !== 'string' || typeof role !== 'string' || typeof tenantId !== 'string') {
    throw new ReadFailure('unreadable', response.status, UNREADABLE);
  }
  return { outcome: 'signed-in', label, role, tenantId };
};

const sent = (order: Order) => {
  switch (order.what) {
    case 'review':
      return entriesReview({ body: order.body });
    case 'challenge':
      return entriesChallenge({ path: { claimId: order.claimId }, body: { state: 'open', text: order.text } });
    case 'claim':
      return entriesEnter({ body: { claims: [order.claim] } });
  }
};

const subjectOf = (order: Order): string => {
  switch (order.what) {
    case 'review':
      return `incident:${order.body.incidentIds[0] ?? ''}`;
    case 'challenge':
      return `claim:${order.claimId}`;
    case 'claim':
      return order.claim.subject;
  }
};

/** Sends one thing. @throws WriteFailure with what the service says was wrong. */
export const writeClaim = async (order: Order): Promise<ClaimReceipt> => {
  const { data, error, response } = await sent(order);
  if (response === undefined) throw new WriteFailure(null, [NO_ANSWER]);
  if (!response.ok) throw new WriteFailure(response.status, faultsOf(response.status, error));
  const entered = data?.data;
  if (typeof entered?.captureHash !== 'string' || typeof entered.claimsNew !== 'number') {
    throw new WriteFailure(response.status, faultsOf(response.status, { code: 'answer.shape', detail: UNREADABLE }));
  }
  return { captureHash: entered.captureHash, subject: subjectOf(order), isNew: entered.claimsNew > 0 };
};

/** The ledger position of what was taken; null while it has none. */
export const readClaimPosition = async ({ captureHash, subject }: ClaimReceipt): Promise<number | null> => {
  const { data } = await incidentsClaims({ query: { feed: 'desk', subject, limit: 500 } });
  return data?.data?.find((claim) => claim.captureHash === captureHash)?.position ?? null;
};
