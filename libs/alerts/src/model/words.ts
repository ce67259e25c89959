import type { Instant } from '@faultline/evidence';
import { shortId } from './brief.js';
import type { Quoted } from './fact.js';
import type { Sending } from './content.js';
import type { Change, Correction, NoticeKind } from './notice.js';

const KIND_WORDS: Record<NoticeKind, string> = {
  initial: 'New',
  update: 'Update',
  correction: 'Correction',
  retraction: 'Retraction',
  resolved: 'Resolved',
};

/** One line: kind, subject, how it is now. */
export function headlineOf({ content, delayed }: Pick<Sending, 'content' | 'delayed'>): string {
  const { kind, subject } = content;
  const late = delayed ? ' (delayed)' : '';
  return `${KIND_WORDS[kind]}${late}: ${subject.regionId}, ${subject.name}. ${subject.now}`;
}

/**
 * A notice as plain text. `mapUrl` is the address of the map, or null where it has none to give. Says nothing that no
 * claim says, and says what is not known in the same place every time.
 */
export function textOf({ content, sentAt, delayed }: Sending, mapUrl: string | null): string {
  const { state, changes, corrections, kind } = content;
  return [
    [headlineOf({ content, delayed })],
    delayed
      ? [
          `Late: written ${time(content.issuedAt)}, sent ${time(sentAt)}. What changed is of the first time, everything else of the second.`,
        ]
      : [],
    section('We told you something that no longer stands', corrections.map(correctionLine)),
    section(kind === 'initial' ? 'What is stated' : 'What changed', changes.map(changeLine)),
    section(
      'Zones',
      state.zones.map(
        ({ id, words, by }) => `${shortId(id)}: ${words}${by ? ` (${by.source}, ${time(by.publishedAt)})` : ''}`,
      ),
    ),
    section(
      'Said by others, not by the operator',
      state.reportedByOthers.map(({ subject, words, by }) => `${subject}: ${words}${by ? `. ${quoteOf(by)}` : ''}`),
    ),
    section('Not known', state.notKnown.length > 0 ? state.notKnown : ['nothing was asked that is not answered above']),
    section(
      'At the same time, no link asserted',
      state.coincident.map(({ title, onset }) => `${title}${onset ? `, since ${time(onset)}` : ''}`),
    ),
    section(
      'Who is watching',
      state.coverage.map(
        ({ incidentClass, state: watched, text }) =>
          `${incidentClass.replaceAll('-', ' ')}: ${watched}. ${firstSentence(text)}`,
      ),
    ),
    section('Yours', [state.ownAssets.text]),
    [
      `As of ${time(state.coordinates.publicAt)}, ledger position ${state.coordinates.position}. Notice ${content.id}.`,
      `You are told because of your subscription “${content.subscription.title}” (reason: ${content.reason.replaceAll('-', ' ')}).`,
      ...(mapUrl === null ? [] : [`${mapUrl}${content.link}`]),
    ],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
    .concat('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `- ${line}`)];
}

function changeLine({ subject, from, to, claims }: Change): string {
  const movement = from === null ? `${to}` : `${from} → ${to ?? 'no longer stated'}`;
  const last = claims.at(-1);
  return `${subject}: ${movement}${last ? `. ${quoteOf(last)}` : ''}`;
}

function correctionLine({ subject, told, toldBy, reason, by, noticeIds }: Correction): string {
  const first = toldBy[0];
  const where = noticeIds.length > 0 ? ` (notice ${noticeIds.join(', ')})` : '';
  const now = by ? ` ${quoteOf(by)}` : '';
  return `${subject}: we passed on “${told}”${where}${first ? `, from ${withoutStop(quoteOf(first))}` : ''}. ${REASONS[reason]}${now}`;
}

const REASONS: Record<Correction['reason'], string> = {
  retracted: 'Its source has taken that back.',
  'denied-by-operator': 'Who may say so has since denied it.',
  'contradicted-by-operator': 'The operator has since said otherwise:',
};

function quoteOf({ source, publishedAt, text, byOperator, grade, sourceClass }: Quoted): string {
  const who = byOperator ? source : `${source} (${sourceClass}, grade ${grade})`;
  return `${who}, ${time(publishedAt)}: ${text}`;
}

function time(instant: Instant | null): string {
  return instant === null ? 'undated' : `${instant.slice(0, 10)} ${instant.slice(11, 16)}Z`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}

function firstSentence(text: string): string {
  const end = text.search(/\.\s/);
  return end === -1 ? text : text.slice(0, end + 1);
}
