import { createTransport, type Transporter } from 'nodemailer';
import { headlineOf, textOf } from '../../model/words.js';
import type { Sending } from '../../model/content.js';
import type { ReceiverAddress } from '../../subscription.store.js';
import type { Receiver, Tried } from '../receiver.js';

const TIMEOUT_MS = 15_000;

/**
 * Sends a notice as plain text by SMTP. A message has no receipt: `accepted` means that the server took it, and no more.
 * The Message-ID is that of the notice, so that a repeat is known as one.
 */
export class EmailReceiver implements Receiver {
  private readonly transport: Transporter;

  /** @param smtpUrl `smtp://` or `smtps://`, with user and password where the server wants them */
  constructor(
    smtpUrl: string,
    private readonly from: string,
    private readonly mapUrl: string | null,
  ) {
    const url = new URL(overTls(smtpUrl));
    for (const name of ['connectionTimeout', 'greetingTimeout', 'socketTimeout'])
      url.searchParams.set(name, String(TIMEOUT_MS));
    this.transport = createTransport(url.href);
  }

  async send(messageId: string, sending: Sending, to: ReceiverAddress): Promise<Tried> {
    try {
      await this.transport.sendMail({
        from: this.from,
        to: to.address,
        subject: headlineOf(sending),
        text: textOf(sending, this.mapUrl),
        messageId: `<${messageId}@faultline>`,
        disableFileAccess: true,
        disableUrlAccess: true,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { outcome: 'accepted', reason: 'smtp.accepted', status: 250, answerHash: null };
    } catch (error) {
      return verdictOf(error as { responseCode?: number; code?: string });
    }
  }

  close(): void {
    this.transport.close();
  }
}

const LOOPBACK = /^(?:127(?:\.\d+){3}|\[::1\]|localhost)$/;

/**
 * The address of a mail server, wanting TLS beyond this machine: a server that offers no STARTTLS gets no mail, unless the
 * operator wrote `requireTLS=false` into the address.
 */
export function overTls(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  const isOpen = url.protocol === 'smtp:' && !LOOPBACK.test(url.hostname);
  if (isOpen && !url.searchParams.has('requireTLS')) url.searchParams.set('requireTLS', 'true');
  return url.href;
}

/** A mailbox that does not exist (550, 551, 553) is gone; anything else may pass. */
function verdictOf({ responseCode, code }: { responseCode?: number; code?: string }): Tried {
  const status = responseCode ?? null;
  const reason = status === null ? `smtp.${(code ?? 'failed').toLowerCase()}` : `smtp.${status}`;
  if (status === 550 || status === 551 || status === 553) return { outcome: 'gone', reason, status, answerHash: null };
  return { outcome: 'failed', reason, status, answerHash: null, askedPauseSeconds: null, throttle: status === 421 };
}
