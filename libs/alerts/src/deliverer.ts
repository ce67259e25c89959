import { msOf } from '@faultline/evidence';
import { ledgerSize } from '@faultline/ledger';
import {
  claimWork,
  closeDestination,
  finishWork,
  nextAttempt,
  pauseDestination,
  PUBLIC_TENANT,
  type ClaimedWork,
  type Clock,
  type Database,
  type Scope,
  type WorkEnding,
} from '@faultline/platform';
import { asOfNow, type Sending } from './model/content.js';
import { DELIVERY, keepAttempts, outgoing, type Outgoing } from './notice.store.js';
import type { NoticeWriter } from './notice-writer.js';
import type { Receiver, Tried } from './receivers/receiver.js';
import type { ReceiverKind } from './subscription.store.js';

const SCOPE: Scope = { tenantId: PUBLIC_TENANT, actor: 'deliverer' };
const OVERDUE_MS = 600_000;

export interface DeliveryLimits {
  /** Requests under way at one destination, over all workers. */
  readonly slots: number;
  /** Requests under way in this process. */
  readonly atOnce: number;
  /** Longer than a request and its bookkeeping can take. */
  readonly leaseSeconds: number;
}
/** One at a time and place: what is told keeps its order while all goes well, and a worker that dies repeats one at most. */
export const DELIVERY_LIMITS: DeliveryLimits = { slots: 1, atOnce: 64, leaseSeconds: 45 };

/**
 * Brings notices to their receivers, at least once each, with the same id every time. A row is marked after the answer,
 * never before the request: a worker that dies in between leaves a row whose lease lapses, and somebody sends it again.
 */
export class Deliverer {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly writer: Pick<NoticeWriter, 'brief'>,
    private readonly receivers: Readonly<Partial<Record<ReceiverKind, Receiver>>>,
    private readonly limits: DeliveryLimits = DELIVERY_LIMITS,
  ) {}

  /** Takes on what is due and starts sending it, without waiting for any of it: a slow place holds up only itself. */
  async tick(): Promise<number> {
    const room = this.limits.atOnce - this.underWay.size;
    if (room <= 0) return 0;
    const claimed = await this.claim(room);
    for (const { work, notice } of claimed) {
      const delivery: Promise<void> = this.deliver(work, notice)
        // Nothing is lost: the lease lapses, and the row is taken on again.
        .catch(() => undefined)
        .finally(() => this.underWay.delete(delivery));
      this.underWay.add(delivery);
    }
    return claimed.length;
  }

  /** Resolves when nothing is under way in this process. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async claim(room: number): Promise<{ work: ClaimedWork; notice: Outgoing }[]> {
    const { slots, leaseSeconds } = this.limits;
    return this.database.transaction('sequencer', SCOPE, 'write', async (tx) => {
      const works = await claimWork(tx, DELIVERY, { slots, room, leaseSeconds });
      if (works.length === 0) return [];
      await keepAttempts(
        tx,
        works
          .filter(({ lapsed }) => lapsed)
          .map(({ tenantId, workId, attempt }) => ({
            tenantId,
            deliveryId: workId,
            attempt: attempt - 1,
            outcome: 'not-known' as const,
            reason: 'worker-gone',
            status: null,
            durationMs: null,
            answerHash: null,
            delayed: false,
          })),
      );
      const notices = await outgoing(tx, works);
      return works.flatMap((work) => {
        const notice = notices.get(work.payloadRef);
        return notice ? [{ work, notice }] : [];
      });
    });
  }

  private async deliver(work: ClaimedWork, notice: Outgoing): Promise<void> {
    const receiver = this.receivers[notice.receiver.kind];
    const sending = await this.sendingOf(notice);
    const begun = performance.now();
    const tried: Tried = receiver
      ? await receiver.send(work.workId, sending, notice.receiver)
      : {
          outcome: 'failed',
          reason: `no-way-to-send: ${notice.receiver.kind}`,
          status: null,
          answerHash: null,
          askedPauseSeconds: null,
          throttle: false,
        };
    const durationMs = Math.round(performance.now() - begun);
    await this.database.transaction('sequencer', SCOPE, 'write', async (tx) => {
      const ending = endingOf(work, tried);
      const finished = await finishWork(tx, work, ending);
      // Kept even where another has taken the row over meanwhile: this request was made.
      await keepAttempts(tx, [
        {
          tenantId: work.tenantId,
          deliveryId: work.workId,
          attempt: work.attempt,
          outcome: tried.outcome,
          reason: finished === 'lost' ? `${tried.reason}, after the lease had lapsed` : tried.reason,
          status: tried.status,
          durationMs,
          answerHash: tried.answerHash,
          delayed: sending.delayed,
        },
      ]);
      if (tried.outcome === 'gone') await closeDestination(tx, work, tried.reason);
      if (tried.outcome === 'failed' && tried.throttle && ending.outcome === 'retry')
        await pauseDestination(tx, work, ending.afterSeconds);
    });
  }

  /** Read anew at every attempt: what is late or overtaken is sent as things stand now, and says so. */
  private async sendingOf(notice: Outgoing): Promise<Sending> {
    const { content, overtaken, regionId } = notice;
    const sentAt = this.clock.now();
    const delayed = overtaken || msOf(sentAt) - msOf(content.issuedAt) > OVERDUE_MS;
    if (!delayed) return { content, sentAt, delayed };
    const incidentIds = content.state.incidents.map(({ id }) => id);
    const brief = await this.database.transaction('sequencer', SCOPE, 'read', async (tx) =>
      this.writer.brief(
        tx,
        regionId,
        { validAt: sentAt, publicAt: sentAt, position: await ledgerSize(tx) },
        incidentIds,
      ),
    );
    return { content: brief ? asOfNow(content, brief) : content, sentAt, delayed };
  }
}

function endingOf(work: ClaimedWork, tried: Tried): WorkEnding {
  switch (tried.outcome) {
    case 'accepted':
      return { outcome: 'done', reason: tried.reason };
    case 'gone':
      return { outcome: 'gave-up', reason: tried.reason };
    case 'failed': {
      const next = nextAttempt(work.workId, work.attempt, tried.askedPauseSeconds);
      return next.outcome === 'retry'
        ? { ...next, reason: tried.reason }
        : { outcome: 'gave-up', reason: `${next.reason}: ${tried.reason}` };
    }
  }
}
