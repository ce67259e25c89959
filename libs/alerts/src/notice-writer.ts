import type { WorldAt, WorldReader } from '@faultline/exposures';
import type { Projected } from '@faultline/incidents';
import { derivedId, sha256 } from '@faultline/ledger';
import { msOf, type Claim, type Coordinates } from '@faultline/evidence';
import type { Tx } from '@faultline/platform';
import { briefOf, type Brief } from './model/brief.js';
import type { Fact } from './model/fact.js';
import { contentOf } from './model/content.js';
import type { NoticeDraft, Told } from './model/notice.js';
import type { Subscription } from './model/subscription.js';
import { keepSteps, lastTold, putNotice } from './notice.store.js';
import { runStages, type Step } from './stages/pipeline.js';
import type { Candidate, Outbox } from './stages/stage.js';
import { subscriptionsInForce } from './subscription.store.js';

/** What one subscription would be told, or not, of one region. */
export interface Rehearsed {
  readonly subscription: Subscription;
  readonly regionId: string;
  readonly steps: readonly Step[];
  /** The notice that has already told it of the incident. */
  readonly toldBefore: string | null;
}

/**
 * Follows the incidents: for every subscription that new claims could matter to, compares what it was last told with
 * what holds now, and writes the notices and the work of delivering them in the same transaction as the revisions.
 */
export class NoticeWriter {
  constructor(private readonly reader: WorldReader) {}

  /** To be given to the projector. */
  readonly projected = async (tx: Tx, { added, coordinates }: Projected): Promise<void> => {
    const subscriptions = await subscriptionsInForce(tx);
    if (subscriptions.length === 0) return;
    const telling = added.filter((claim) => !claim.predicate.startsWith('place.') && claim.predicate !== 'earthquake');
    if (telling.length === 0) return;
    const world = await this.reader.at(tx, coordinates);
    for (const subscription of subscriptions) {
      for (const regionId of subscription.regionIds) {
        if (!telling.some((claim) => concerns(claim, regionId, world))) continue;
        const { told, sequence } = await lastTold(tx, subscription, regionId);
        const brief = this.briefIn(world, regionId, coordinates, toldIncidents(told));
        const steps = await runStages({ subscription, regionId, brief, told, drafts: [] }, outboxOf(tx, sequence));
        await keepSteps(tx, subscription, regionId, coordinates.position, steps);
      }
    }
  };

  /**
   * Who would be told of an incident now, without telling or keeping anything: every subscription in force, with each
   * stage's reason. `supposed` is added to what holds, for an incident that is not in the ledger.
   */
  async rehearse(
    tx: Tx,
    incident: { readonly id: string; readonly regionIds: readonly string[]; readonly supposed: readonly Fact[] },
    coordinates: Coordinates,
  ): Promise<Rehearsed[]> {
    const world = await this.reader.at(tx, coordinates);
    const rehearsed: Rehearsed[] = [];
    for (const subscription of await subscriptionsInForce(tx)) {
      for (const regionId of incident.regionIds) {
        const { told } = await lastTold(tx, subscription, regionId);
        const brief = this.briefIn(world, regionId, coordinates, toldIncidents(told));
        const candidate: Candidate = {
          subscription,
          regionId,
          brief: brief && { ...brief, facts: [...brief.facts, ...incident.supposed] },
          told,
          drafts: [],
        };
        const steps = await runStages(candidate, REHEARSAL);
        const before = told?.facts.find(({ key }) => key === `incident ${incident.id}`);
        rehearsed.push({ subscription, regionId, steps, toldBefore: before?.noticeId ?? null });
      }
    }
    return rehearsed;
  }

  /** What can be said of a region now, with the incidents that a notice told of. */
  async brief(
    tx: Tx,
    regionId: string,
    coordinates: Coordinates,
    incidentIds: readonly string[],
  ): Promise<Brief | null> {
    const world = await this.reader.at(tx, coordinates);
    return this.briefIn(world, regionId, coordinates, new Set(incidentIds));
  }

  private briefIn(
    world: WorldAt,
    regionId: string,
    coordinates: Coordinates,
    incidentIds: ReadonlySet<string>,
  ): Brief | null {
    const exposure = world.exposure(regionId);
    if (!exposure) return null;
    const cadences = new Map(this.reader.feeds.map((feed) => [feed.id, feed.cadenceSeconds]));
    return briefOf(exposure, coordinates, (feedId) => cadences.get(feedId) ?? 0, incidentIds);
  }
}

const REHEARSAL: Outbox = {
  put: ({ drafts }) =>
    Promise.resolve({ reason: `would-send: ${drafts.map(({ kind }) => kind).join(', ')}`, noticeIds: [] }),
};

function outboxOf(tx: Tx, lastSequence: number): Outbox {
  return {
    put: async ({ subscription, brief, drafts, told }) => {
      if (brief === null) return { reason: 'region-not-known', noticeIds: [] };
      const noticeIds: string[] = [];
      let before = told;
      for (const [index, draft] of drafts.entries()) {
        const { publicAt, position } = brief.coordinates;
        const identity = `notice|${subscription.tenantId}|${subscription.id}|${brief.regionId}|${position}|${draft.kind}`;
        const id = derivedId(sha256, msOf(publicAt), identity);
        before = toldBy(draft, id, before);
        const content = contentOf(id, subscription, draft, brief, publicAt);
        await putNotice(tx, subscription, { content, told: before, sequence: lastSequence + index + 1 });
        noticeIds.push(id);
      }
      return { reason: 'queued', noticeIds };
    },
  };
}

/** What a subscription has been told once a notice is out; each fact with the notice that told it as it is. */
function toldBy(draft: NoticeDraft, noticeId: string, before: Told | null): Told {
  const held = new Map((before?.facts ?? []).map((fact) => [fact.key, fact]));
  return {
    facts: draft.told.map((fact) => {
      const last = held.get(fact.key);
      return { ...fact, noticeId: last && last.value === fact.value ? last.noticeId : noticeId };
    }),
    ended: draft.kind === 'resolved' || draft.kind === 'retraction',
  };
}

function toldIncidents(told: Told | null): Set<string> {
  const ids = (told?.facts ?? []).filter(({ kind }) => kind === 'lifecycle').map(({ key }) => key.split(' ')[1] ?? '');
  return new Set(told?.ended ? [] : ids);
}

/** Whether a claim could change what can be said of a region: it speaks of it, its country or its operator. */
function concerns(claim: Claim, regionId: string, world: WorldAt): boolean {
  const region = world.world.places.regions.get(regionId);
  if (claim.place.regionIds.includes(regionId)) return true;
  return (
    region !== undefined && (claim.place.countries.includes(region.country) || claim.subject === region.operatorId)
  );
}
