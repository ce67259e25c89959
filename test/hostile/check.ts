import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import type { ParseOutcome, Quarantine } from '@faultline/feeds';
import { anyFormat } from './any-format.js';
import { csvDocuments } from './csv-documents.js';
import { jsonDocuments } from './json-documents.js';
import {
  document,
  FAULTS,
  HARMLESS,
  huge,
  type Fault,
  type HostileDocument,
  type Sample,
  type Verdict,
} from './sample.js';
import { xmlDocuments } from './xml-documents.js';

const BY_FORMAT = { json: jsonDocuments, xml: xmlDocuments, syndication: xmlDocuments, csv: csvDocuments } as const;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}]/u;
/** The characters of JSON between which a line of a claim's text may break. */
const BREAKS = /[\n\t]/g;

/** Every hostile document there is for a feed: those of any format, those of its own, and those with one odd item. */
export function hostileDocuments(sample: Sample): HostileDocument[] {
  const ofFormat = [...anyFormat(sample), ...BY_FORMAT[sample.format](sample)];
  return [...ofFormat, ...oddItems(sample)].map((hostile) => ({
    ...hostile,
    verdict: sample.otherwise?.[hostile.name] ?? hostile.verdict,
  }));
}

function oddItems({ odd = {}, harmless = {} }: Sample): HostileDocument[] {
  const faults = (Object.keys(FAULTS) as Fault[]).flatMap((name): HostileDocument[] => {
    const item = odd[name];
    if (item === undefined) return [];
    const { text, code } = typeof item === 'function' ? { text: item, code: FAULTS[name] } : item;
    return [(/million/.test(name) ? huge : document)(`an item with ${name}`, text, { aside: code })];
  });
  const inert = HARMLESS.flatMap((name): HostileDocument[] => {
    const text = harmless[name];
    return text === undefined ? [] : [document(`an item with ${name}`, text, 'harmless')];
  });
  return [...faults, ...inert];
}

/** What a feed says of a document, without where in it. */
export function saidBy(outcome: ParseOutcome): string {
  if (outcome.outcome === 'quarantined') return `refused: ${outcome.reason.code}`;
  const drafts = outcome.drafts.map((draft) => JSON.stringify({ ...draft, locator: null })).sort();
  return [outcome.items, ...outcome.quarantined.map(({ code }) => code).sort(), ...drafts].join('\n');
}

/** What is wrong with how a feed answers a hostile document; nothing where it answers as it must. */
export function complaintsOf(sample: Sample, { bytes, verdict, within }: HostileDocument, usual: string): string[] {
  const captured = { bytes: bytes(), retrievedAt: sample.retrievedAt };
  let outcome: ParseOutcome;
  try {
    outcome = sample.parse(captured);
  } catch (error) {
    return [`throws ${String(error)}`];
  }
  return [
    ...verdictComplaints(outcome, verdict, usual),
    ...workComplaints(outcome, within),
    ...soundnessComplaints(sample, outcome),
  ];
}

function verdictComplaints(outcome: ParseOutcome, verdict: Verdict, usual: string): string[] {
  const got =
    outcome.outcome === 'quarantined' ? `refused with ${outcome.reason.code} (${outcome.reason.got})` : 'accepted';
  if (typeof verdict === 'object' && 'refused' in verdict) {
    const isWanted = outcome.outcome === 'quarantined' && verdict.refused.includes(outcome.reason.code);
    return isWanted ? [] : [`wanted a refusal with ${verdict.refused.join(' or ')}, was ${got}`];
  }
  if (outcome.outcome === 'quarantined') return [`wanted it accepted, was ${got}`];
  if (verdict === 'harmless') return [];
  if (verdict === 'same') return saidBy(outcome) === usual ? [] : ['says something else than the sound document'];
  const codes = outcome.quarantined.map(({ code }) => code);
  if (!codes.includes(verdict.aside))
    return [`wanted an item set aside with ${verdict.aside}, got ${codes.join() || 'none'}`];
  return outcome.drafts.length === 0 ? ['lost the sound items too'] : [];
}

/** Where a reader stopped is how much of the document it worked on. */
function workComplaints(outcome: ParseOutcome, within: number | undefined): string[] {
  if (within === undefined || outcome.outcome === 'accepted') return [];
  const at = Number(/(?:offset|line) (\d+)$/.exec(outcome.reason.locator)?.[1] ?? Infinity);
  return at <= within ? [] : [`read on until ${outcome.reason.locator}, wanted at most ${within}`];
}

/** What holds of every answer, whatever the document. */
export function soundnessComplaints({ isOurs = false }: Sample, outcome: ParseOutcome): string[] {
  const faults = outcome.outcome === 'quarantined' ? [outcome.reason] : outcome.quarantined;
  const drafts = outcome.outcome === 'quarantined' ? [] : outcome.drafts;
  const identities = new Set(drafts.map(({ item }) => JSON.stringify([item.id, item.version, item.part])));
  return [
    ...faults.flatMap(faultComplaints),
    ...drafts.flatMap((draft) => draftComplaints(draft, isOurs)),
    ...(identities.size === drafts.length ? [] : ['two claims of one identity']),
  ];
}

function faultComplaints({ code, locator, got, wanted }: Quarantine): string[] {
  const lines = [locator, got, wanted];
  return [
    ...(/^[a-z]+\.[a-z_]+$/.test(code) ? [] : [`${code} is no code`]),
    ...lines
      .filter((line) => HIDDEN.test(line))
      .map((line) => `${code} shows hidden characters: ${JSON.stringify(line)}`),
    ...lines.filter((line) => line.length > 1000).map((line) => `${code} shows ${line.length} characters`),
  ];
}

function draftComplaints(draft: ClaimDraft, isOurs: boolean): string[] {
  const valid = claimDraftSchema.safeParse(draft);
  if (!valid.success) return [`a claim that is none: ${valid.error.message.slice(0, 200)}`];
  const text = 'text' in draft.value && typeof draft.value.text === 'string' ? draft.value.text : '';
  return [
    ...(!isOurs && HIDDEN.test(text.replaceAll(BREAKS, ' '))
      ? [`a text with hidden characters: ${JSON.stringify(text.slice(0, 80))}`]
      : []),
    ...(draft.url === null || /^https?:\/\/[^@]*$/.test(draft.url.split('/').slice(0, 3).join('/'))
      ? []
      : [`a link to ${draft.url.slice(0, 80)}`]),
  ];
}

/** Where `text` ends for good: what is shorter than that was cut. Of CSV that holds of every row as well. */
export function isCutAt({ format, sound }: Sample, length: number): boolean {
  if (format === 'csv') return length > 0 && length < sound.length && !/[\r\n]/.test(sound[length - 1]!);
  const end = format === 'json' ? sound.trimEnd().length : sound.indexOf('>', sound.lastIndexOf('</')) + 1;
  return length < end;
}
