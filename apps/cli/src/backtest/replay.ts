import { feedsAt, msOf, type Claim, type Instant, type Watch } from '@faultline/evidence';
import { exposureOf } from '@faultline/exposures';
import type { FeedAdapter } from '@faultline/feeds';
import { incidentsAt } from '@faultline/incidents';
import { derivedId, sha256 } from '@faultline/ledger';
import { placesOf } from '@faultline/places';

/** What the score of a cloud region would have said on a day of March 2026, from what was public by noon UTC. */
export interface ReplayedDay {
  readonly date: string;
  readonly why: string;
  readonly regionId: string;
  readonly outcome: string;
  readonly p30: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Claims of the record that were public by then. */
  readonly claims: number;
}

/** What a reader must know of the replay, in the words of the model's own specification. */
export const REPLAY_CAVEATS: readonly string[] = [
  'It would not have warned of the first strike.',
  'In-sample: parameters were chosen after these strikes.',
];

const REGIONS = ['aws:me-south-1', 'aws:me-central-1'] as const;

const DAYS: readonly { readonly date: string; readonly why: string }[] = [
  { date: '2026-02-27', why: 'before the war' },
  { date: '2026-03-01', why: 'the morning of the first strike' },
  { date: '2026-03-03', why: 'after the first strikes' },
  { date: '2026-03-13', why: 'after the threats and the list of targets' },
  { date: '2026-03-31', why: 'the day before the strike of 1 April' },
  { date: '2026-08-01', why: 'four months after' },
];

/**
 * Takes our own record of March 2026 through claims, incidents and the mapping to the model, as the service does, with
 * the world as it was public on each day. Where nobody watched yet, the answer is the prior and says so.
 *
 * @throws Error where one of the documents is refused
 */
export function replayMarch2026(
  documents: readonly { readonly feed: FeedAdapter; readonly bytes: Uint8Array }[],
  watches: readonly Watch[],
  retrievedAt: Instant,
): ReplayedDay[] {
  const claims = documents.flatMap(({ feed, bytes }) => claimsOf(feed, bytes, retrievedAt));
  const recorded = claims.map((claim, position) => ({ ...claim, position }));
  return REGIONS.flatMap((regionId) => DAYS.map((day) => replayed(regionId, day, recorded, watches)));
}

function claimsOf(feed: FeedAdapter, bytes: Uint8Array, retrievedAt: Instant): Claim[] {
  const parsed = feed.parse({ bytes, retrievedAt });
  if (parsed.outcome === 'quarantined')
    throw new Error(`our own data for ${feed.id} is refused: ${parsed.reason.code}`);
  return parsed.drafts.map((draft): Claim => {
    const { item, publishedAt, occurredAt } = draft;
    const time = publishedAt?.latest ?? occurredAt?.begin ?? null;
    const identity = `claim|public|${feed.id}|${item.id}|${item.version}|${item.part}`;
    return {
      ...draft,
      id: derivedId(sha256, time === null ? 0 : msOf(time), identity),
      tenantId: 'public',
      feedId: feed.id,
      captureHash: '0'.repeat(64),
      retrievedAt: draft.retrievedAt ?? retrievedAt,
      recordedAt: retrievedAt,
      position: 0,
    };
  });
}

function replayed(
  regionId: string,
  { date, why }: { readonly date: string; readonly why: string },
  claims: readonly Claim[],
  watches: readonly Watch[],
): ReplayedDay {
  const at: Instant = `${date}T12:00:00.000Z`;
  const coordinates = { validAt: at, publicAt: at, position: claims.length };
  const view = incidentsAt(sha256, claims, coordinates);
  const places = placesOf(view.visible);
  const region = places.regions.get(regionId);
  if (region === undefined) throw new Error(`our own data has no region ${regionId}`);
  const { ahead } = exposureOf(sha256, region, {
    coordinates,
    view,
    places,
    feeds: feedsAt([], [], at),
    watches,
  });
  const month = ahead.probabilities.find(({ horizonDays }) => horizonDays === 30);
  return {
    date,
    why,
    regionId,
    outcome: ahead.outcome,
    p30: month?.pDamage ?? null,
    low: month?.p05 ?? null,
    high: month?.p95 ?? null,
    claims: view.visible.filter(({ feedId }) => feedId === 'record').length,
  };
}
