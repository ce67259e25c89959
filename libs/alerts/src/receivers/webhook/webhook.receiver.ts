import { msOf } from '@faultline/evidence';
import { sha256Hex } from '@faultline/ledger';
import type { Answer, Clock } from '@faultline/platform';
import { payloadOf } from '../../model/payload.js';
import type { Sending } from '../../model/content.js';
import type { ReceiverAddress } from '../../subscription.store.js';
import type { Receiver, Tried } from '../receiver.js';
import { signedHeaders } from './signature.js';
import { verdictOf } from './verdict.js';

/** Posts to one address, once; a refusal or a failure is thrown. */
export interface Poster {
  post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
}

/**
 * Sends a notice as Standard Webhooks 1.0.0 says. `wall` is the time of day on the wire, by which the other side tells
 * replays: it is of the attempt, whatever the business clock says.
 */
export class WebhookReceiver implements Receiver {
  constructor(
    private readonly poster: Poster,
    private readonly wall: Clock,
    private readonly mapUrl: string | null,
  ) {}

  async send(messageId: string, sending: Sending, to: ReceiverAddress): Promise<Tried> {
    const nowMs = msOf(this.wall.now());
    try {
      const body = JSON.stringify(payloadOf(sending, this.mapUrl));
      const headers = signedHeaders(to.secret ?? '', messageId, Math.floor(nowMs / 1000), body);
      const answer = await this.poster.post(to.address, body, { 'content-type': 'application/json', ...headers });
      return verdictOf(answer.status, answer.headers['retry-after'], sha256Hex(answer.body), nowMs);
    } catch (error) {
      return {
        outcome: 'failed',
        reason: reasonOf(error),
        status: null,
        answerHash: null,
        askedPauseSeconds: null,
        throttle: false,
      };
    }
  }
}

/** A named reason in one short line; nothing of the other side's own text. */
function reasonOf(error: unknown): string {
  const { code, reason, name, cause } = error as {
    code?: string;
    reason?: string;
    name?: string;
    cause?: { code?: string; reason?: string };
  };
  if (reason ?? cause?.reason) return (reason ?? cause?.reason)!;
  return `network.${(code ?? cause?.code ?? name ?? 'failed').toLowerCase()}`;
}
