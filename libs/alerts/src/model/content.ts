import type { Coordinates, Instant } from '@faultline/evidence';
import type { Brief } from './brief.js';
import type { Quoted } from './fact.js';
import type { Change, Correction, NoticeDraft, NoticeKind } from './notice.js';
import type { Subscription } from './subscription.js';

/** What stands for the reader's own assets while nobody's portfolio can be matched: not "none touched". */
export const OWN_ASSETS = {
  outcome: 'none-known',
  text: 'No portfolio of yours is known here, so none of it could be checked.',
} as const;

/** A notice as it is kept and sent: the state it tells of, what changed, and what is not known. */
export interface NoticeContent {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly reason: string;
  readonly issuedAt: Instant;
  readonly subscription: { readonly id: string; readonly title: string };
  readonly subject: {
    readonly regionId: string;
    readonly name: string;
    readonly operatorId: string;
    readonly now: string;
  };
  readonly changes: readonly Change[];
  readonly corrections: readonly Correction[];
  readonly state: NoticeState;
  readonly link: string;
}

/** The part of a notice that tells how things stand: made anew when an overdue notice is sent. */
export interface NoticeState {
  readonly coordinates: Coordinates;
  readonly zones: Brief['zones'];
  readonly incidents: Brief['incidents'];
  readonly reportedByOthers: readonly {
    readonly subject: string;
    readonly words: string;
    readonly by: Quoted | null;
  }[];
  readonly notKnown: readonly string[];
  readonly coincident: readonly {
    readonly id: string;
    readonly title: string;
    readonly onset: Instant | null;
    readonly link: 'no link asserted';
  }[];
  readonly coverage: Brief['coverage'];
  readonly ownAssets: typeof OWN_ASSETS;
}

/** An attempt to bring a notice to somebody. */
export interface Sending {
  readonly content: NoticeContent;
  readonly sentAt: Instant;
  /** It is late: what it says of the state is of `sentAt`, not of when it was written. */
  readonly delayed: boolean;
}

const MOST = { changes: 30, claims: 3, notKnown: 15, coincident: 5, others: 10 };

export function contentOf(
  id: string,
  subscription: Pick<Subscription, 'id' | 'title'>,
  draft: NoticeDraft,
  brief: Brief,
  issuedAt: Instant,
): NoticeContent {
  const claimsCut = <T extends { claims: readonly Quoted[] }>(item: T): T => ({
    ...item,
    claims: item.claims.slice(-MOST.claims),
  });
  return {
    id,
    kind: draft.kind,
    reason: draft.reason,
    issuedAt,
    subscription: { id: subscription.id, title: subscription.title },
    subject: subjectOf(brief),
    changes: draft.changes.slice(0, MOST.changes).map(claimsCut),
    corrections: draft.corrections.map((correction) => ({
      ...correction,
      toldBy: correction.toldBy.slice(-MOST.claims),
    })),
    state: stateOf(brief),
    link: linkTo(brief),
  };
}

/** The same notice with the state of now in the place of the one it was written on. */
export function asOfNow(content: NoticeContent, brief: Brief): NoticeContent {
  return { ...content, subject: subjectOf(brief), state: stateOf(brief), link: linkTo(brief) };
}

function subjectOf(brief: Brief): NoticeContent['subject'] {
  return { regionId: brief.regionId, name: brief.regionName, operatorId: brief.operatorId, now: brief.label };
}

function stateOf(brief: Brief): NoticeState {
  return {
    coordinates: brief.coordinates,
    zones: brief.zones,
    incidents: brief.incidents,
    reportedByOthers: brief.facts
      .filter(({ kind }) => kind === 'naming')
      .slice(0, MOST.others)
      .map(({ subject, words, claims }) => ({ subject, words, by: claims[0] ?? null })),
    notKnown: brief.notKnown.slice(0, MOST.notKnown),
    coincident: brief.coincident
      .slice(0, MOST.coincident)
      .map((incident) => ({ ...incident, link: 'no link asserted' as const })),
    coverage: brief.coverage,
    ownAssets: OWN_ASSETS,
  };
}

/** Where the map shows this very answer: the position is pinned, so that the link says the same for ever. */
function linkTo({ regionId, coordinates }: Brief): string {
  return `#/map?asOf=${coordinates.publicAt}&position=${coordinates.position}&region=${regionId}`;
}
