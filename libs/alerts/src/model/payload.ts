import type { Sending } from './content.js';
import { headlineOf, textOf } from './words.js';

/** The JSON a webhook gets: `type`, `timestamp` and `data`, as Standard Webhooks asks. Thin: what more there is, the link tells. */
export function payloadOf(sending: Sending, mapUrl: string | null): Record<string, unknown> {
  const { content, sentAt, delayed } = sending;
  const { id, kind, reason, issuedAt, subscription, subject, changes, corrections, state, link } = content;
  const brief = (quoted: { id: string; source: string; publishedAt: string | null; status: string } | null) =>
    quoted && { claimId: quoted.id, source: quoted.source, publishedAt: quoted.publishedAt, status: quoted.status };
  return {
    type: `faultline.notice.${kind}`,
    timestamp: issuedAt,
    data: {
      noticeId: id,
      kind,
      reason,
      delayed,
      issuedAt,
      sentAt,
      subscription,
      subject,
      headline: headlineOf(sending),
      changes: changes.map(({ subject: of, from, to, claims }) => ({
        subject: of,
        from,
        to,
        claims: claims.map(brief),
      })),
      corrections: corrections.map(({ subject: of, told, noticeIds, reason: why, toldBy, by }) => ({
        subject: of,
        told,
        noticeIds,
        reason: why,
        toldBy: toldBy.map(brief),
        by: brief(by),
      })),
      zones: state.zones.map(({ id: zoneId, words, by }) => ({ id: zoneId, words, by: brief(by) })),
      notKnown: state.notKnown,
      coincident: state.coincident,
      coverage: state.coverage.map(({ incidentClass, state: watched }) => ({ incidentClass, state: watched })),
      ownAssets: state.ownAssets,
      coordinates: state.coordinates,
      link: `${mapUrl ?? ''}${link}`,
      text: textOf(sending, mapUrl),
    },
  };
}
