import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OPERATOR_TENANT, type Actor } from '@faultline/access';
import { FEEDS, ingestDocument, type IngestReport } from '@faultline/feeds';
import { canonicalJson, sha256Hex } from '@faultline/ledger';
import { CLOCK, Database, PUBLIC_TENANT, type Clock } from '@faultline/platform';
import type { ChallengeBody, Entered, Kinship, ReviewBody } from './dto/entries.js';
import { pageOf, type ListQuestion } from './http/page.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';

type Entries = readonly Readonly<Record<string, unknown>>[];

/** What people enter, and their tools send: captures of a feed like any other, through the same path. */
@Injectable()
export class EntriesService {
  constructor(
    private readonly database: Database,
    private readonly reader: Reader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Claims that an analyst enters, each with its public source. Those of the installation’s own desk are public facts;
   * another tenant’s desk speaks to that tenant.
   */
  enter(actor: Actor, claims: Entries): Promise<z.infer<typeof Entered>> {
    return this.ingest('desk', readersOf(actor), actor, claims);
  }

  /** Claims that a tenant's own tools send. They are that tenant's. */
  push(actor: Actor, claims: Entries): Promise<z.infer<typeof Entered>> {
    return this.ingest('inbound', actor.tenantId, actor, claims);
  }

  async challenge(actor: Actor, claimId: string, { state, text }: z.infer<typeof ChallengeBody>) {
    const { data: claim } = await this.reader.read({}, ({ world }) => ({
      data: world.view.visible.find(({ id }) => id === claimId) ?? null,
      claims: [],
    }));
    if (!claim) throw notFound('claim', claimId);
    // What is said of a tenant’s own claim is that tenant’s too.
    return this.judge(
      actor,
      claim.tenantId,
      { predicate: 'challenge', value: { claimId, state, text } },
      `claim:${claimId}`,
      `challenge ${claimId}`,
    );
  }

  async review(actor: Actor, { decision, incidentIds, claimId, text }: z.infer<typeof ReviewBody>) {
    const ofPair = decision === 'merge' || decision === 'split';
    if (
      ofPair !== (incidentIds.length === 2) ||
      ofPair === (claimId !== undefined) ||
      incidentIds[0] === incidentIds[1]
    ) {
      throw new ProblemException(
        422,
        'review.shape',
        `got ${decision} with ${incidentIds.length} incidents and ${claimId === undefined ? 'no' : 'a'} claim: merge and split name two incidents, reject and readmit one incident and a claim`,
      );
    }
    const { data: seedClaimId } = await this.reader.read({}, ({ world }) => {
      for (const id of incidentIds) {
        const known = world.view.incidents.some((incident) => incident.id === id || incident.joinedIds?.includes(id));
        if (!known) throw notFound('incident', id);
      }
      if (ofPair) return { data: null, claims: [] };
      const incident = world.view.incidents.find(({ id }) => id === incidentIds[0]);
      if (decision === 'reject' && !incident?.links.some(({ claim }) => claim.id === claimId))
        throw notFound('claim of this incident', claimId!);
      return { data: incident?.links[0]!.claim.id ?? null, claims: [] };
    });
    const value = { decision, incidentIds, claimId: claimId ?? null, seedClaimId, text };
    return this.judge(
      actor,
      readersOf(actor),
      { predicate: 'review', value },
      `incident:${incidentIds[0]}`,
      `review ${incidentIds.join(' ')}`,
    );
  }

  /** Pairs that somebody should look at, and those already decided; joined ones are listed too, since they can be wrong. */
  async kinships(question: ListQuestion & { outcome?: 'joined' | 'review' | 'apart' | undefined }) {
    const { data, coordinates } = await this.reader.read(question, ({ world }) => {
      const { kinships, incidents } = world.view;
      const wanted = kinships.filter(({ outcome }) => question.outcome === undefined || outcome === question.outcome);
      const { page, next } = pageOf(wanted, question, ({ incidentIds }) => incidentIds.join(' '));
      const shown = page.map((kinship): z.infer<typeof Kinship> => {
        const sides = incidents.filter(
          ({ id, joinedIds }) =>
            kinship.incidentIds.includes(id) || joinedIds?.some((other) => kinship.incidentIds.includes(other)),
        );
        return {
          ...kinship,
          incidentIds: [...kinship.incidentIds],
          reasons: [...kinship.reasons],
          incidents: sides.map(({ id, title, lifecycle, links }) => ({
            id,
            title,
            lifecycle,
            feedIds: [...new Set(links.map(({ claim }) => claim.feedId))].sort(),
          })),
        };
      });
      const ids = new Set(shown.flatMap((row) => row.incidents.map(({ id }) => id)));
      const claims = incidents.filter(({ id }) => ids.has(id)).flatMap(({ links }) => links.map(({ claim }) => claim));
      return { data: { rows: shown, next }, claims };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  /** A judgement is a claim of the analyst; every one stands by itself, and the later counts. */
  private judge(
    actor: Actor,
    tenantId: string,
    said: { predicate: string; value: unknown },
    subject: string,
    what: string,
  ) {
    const publishedAt = this.clock.now();
    const source = { id: `desk:${actor.label}`.slice(0, 120), name: actor.label, class: 'analyst', grade: 'A' };
    const entry = {
      id: `${what} ${publishedAt}`,
      revises: false,
      subject,
      source,
      publishedAt,
      confidence: 1,
      ...said,
    };
    return this.ingest('desk', tenantId, actor, [entry]);
  }

  private async ingest(
    feedId: string,
    tenantId: string,
    actor: Actor,
    claims: Entries,
  ): Promise<z.infer<typeof Entered>> {
    const now = this.clock.now();
    const document = {
      claims: claims.map((claim) => ({ id: `sha256:${sha256Hex(written(claim))}`, publishedAt: now, ...claim })),
    };
    const bytes = new TextEncoder().encode(written(document));
    const report: IngestReport = await ingestDocument(
      this.database,
      { tenantId, actor: actor.label },
      FEEDS.get(feedId)!,
      {
        bytes,
        retrievedAt: now,
        startedAt: now,
        finishedAt: now,
        trigger: 'pushed',
        validators: { etag: null, lastModified: null },
      },
    );
    const faults = report.reason ? [report.reason] : report.quarantined;
    const quarantined = faults.map(({ code, locator, got, wanted }) => ({ code, pointer: locator, got, wanted }));
    if (report.claimsNew + report.claimsRepeated === 0) throw refusal(quarantined);
    const { claimsNew, claimsRepeated } = report;
    return { data: { claimsNew, claimsRepeated, captureHash: sha256Hex(bytes), quarantined } };
  }
}

/** Whose facts a desk makes. */
function readersOf({ tenantId }: Actor): string {
  return tenantId === OPERATOR_TENANT ? PUBLIC_TENANT : tenantId;
}

/** Canonical JSON; what has no such form, half a character in it, as it is, for its reader to refuse with its place. */
function written(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch {
    return JSON.stringify(value);
  }
}

function refusal(quarantined: z.infer<typeof Entered>['data']['quarantined']): ProblemException {
  const first = quarantined[0];
  return new ProblemException(
    422,
    first?.code ?? 'entry.empty',
    first ? `${first.pointer}: got ${first.got}, wanted ${first.wanted}` : 'nothing was taken',
  );
}
