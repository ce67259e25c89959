import { z } from 'zod';
import {
  Gathering,
  pointerOf,
  read,
  readJsonBytes,
  refused,
  refusedWhole,
  shown,
  type Reading,
} from '../document/index.js';
import type { CapturedDocument, ParseOutcome } from '../model/adapter.js';
import { readWarning } from './warning.js';

/** Names under which the warnings stand; a bare array of them is read too. */
const NAMES = ['broadcast-warn', 'broadcast_warn'] as const;
const documentSchema = z.record(z.string(), z.unknown());
const warningsSchema = z.array(z.unknown());
const warningSchema = z.looseObject({ msgNumber: z.unknown(), navArea: z.unknown() });

/** Reads the broadcast warnings of the NGA: those in force, or also those that were cancelled. */
export function parseNga({ bytes, retrievedAt }: CapturedDocument): ParseOutcome {
  const listed = readList(bytes);
  if (listed.outcome === 'refused') return refusedWhole(listed.fault);
  const { at, warnings } = listed.value;
  const gathered = new Gathering();
  for (const [index, value] of warnings.entries()) {
    const reading = readWarning(value, pointerOf(at, index), retrievedAt);
    if (reading.outcome === 'refused') {
      gathered.setAside(reading.fault);
      continue;
    }
    const { newest, passedOver: reason } = reading.value;
    gathered.take(...reading.value.drafts);
    gathered.setAside(...reading.value.faults);
    if (reason !== null) gathered.passOver(reason);
    gathered.saw(newest);
  }
  return gathered.outcome(warnings.length);
}

function readList(bytes: Uint8Array): Reading<{ at: string; warnings: readonly unknown[] }> {
  const json = readJsonBytes(bytes);
  if (json.outcome === 'refused') return json;
  const wrong = refused('feed.wrong_type', '', shown(json.value), 'broadcast warnings under "broadcast-warn"');
  const document = documentSchema.safeParse(json.value);
  const name = document.success ? NAMES.find((candidate) => Object.hasOwn(document.data, candidate)) : undefined;
  const warnings = warningsSchema.safeParse(name === undefined ? json.value : document.data![name]);
  if (!warnings.success) return wrong;
  if (warnings.data.length > 0 && !warnings.data.some((value) => warningSchema.safeParse(value).success)) return wrong;
  return read({ at: name === undefined ? '' : pointerOf('', name), warnings: warnings.data });
}
