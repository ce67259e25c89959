import { z } from 'zod';
import { CLAIM_VALUES } from './predicates.js';
import { footingFault } from './footing.js';
import { stakeFault } from './stake.js';
import type { Instant } from './instant.js';

export const SOURCE_CLASSES = [
  'provider',
  'government',
  'sensor',
  'research',
  'media',
  'adversary',
  'analyst',
] as const;
export const GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const CAPTURE_CLASSES = ['captured-primary', 'captured-secondary', 'transcribed'] as const;
export const PUBLICATION_BASES = ['printed', 'archived', 'quoted', 'inferred'] as const;
export const TLP_LABELS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'] as const;

export type SourceClass = (typeof SOURCE_CLASSES)[number];
export type Grade = (typeof GRADES)[number];
export type CaptureClass = (typeof CAPTURE_CLASSES)[number];
export type PublicationBasis = (typeof PUBLICATION_BASES)[number];
export type Tlp = (typeof TLP_LABELS)[number];

const instant = z.iso.datetime({ offset: false }).regex(/\.\d{3}Z$/, 'an instant in UTC with milliseconds');
const text = (max: number) => z.string().min(1).max(max);

/** How a position is known and how far off it may be. Longitude first, as in GeoJSON. */
export const positionSchema = z.object({
  lonLat: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
  precisionKm: z.number().min(0).max(20_000),
  method: text(200),
});
export type Position = z.infer<typeof positionSchema>;

/** Where a claim speaks of, by identifiers only: the stake side is joined later, in exposures. */
export const claimPlaceSchema = z.object({
  regionIds: z.array(text(80)).max(50).default([]),
  zoneIds: z.array(text(80)).max(50).default([]),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(50)
    .default([]),
  position: positionSchema.nullable().default(null),
});
export type ClaimPlace = z.infer<typeof claimPlaceSchema>;

/** What a feed adapter or a transcription makes: a claim before it is recorded. */
export const claimDraftSchema = z
  .object({
    /** Identity by the source's own id and version, never by arrival. `part` tells apart several claims of one item. */
    item: z.object({
      id: text(400),
      version: text(200),
      part: text(120),
      /** True where a later version of the item replaces the earlier; absent where versions are statements in a row. */
      revises: z.boolean().optional(),
      /** Which state of our own reader read it, from 2 on; a later reading of the same item and version replaces the earlier. */
      reading: z.number().int().min(2).max(999).optional(),
    }),
    subject: text(120),
    stance: z.enum(['asserts', 'denies']),
    place: claimPlaceSchema,
    /** The source's own name for the occurrence, where it has one: an ARN, an earthquake id. */
    thread: text(400).nullable(),
    source: z.object({ id: text(120), name: text(200), class: z.enum(SOURCE_CLASSES), grade: z.enum(GRADES) }),
    /** The independent root: copies of one statement share it. */
    origin: text(160),
    url: z.string().max(2000).nullable(),
    locator: text(400).nullable(),
    /** When it holds in the world, `[begin, end)`. Null where the source says no time. */
    occurredAt: z.object({ begin: instant.nullable(), end: instant.nullable() }).nullable(),
    /** Null for a reference fact without a time of publication: visible always, and marked undated. */
    publishedAt: z.object({ earliest: instant, latest: instant, basis: z.enum(PUBLICATION_BASES) }).nullable(),
    /** When we read the source, where that is not when its capture was taken: a transcription's own date. */
    retrievedAt: instant.nullish(),
    expiresAt: instant.nullable(),
    confidence: z.number().min(0).max(1),
    tlp: z.enum(TLP_LABELS),
    captureClass: z.enum(CAPTURE_CLASSES),
  })
  .and(CLAIM_VALUES)
  .superRefine((draft, context) => {
    const fault = stakeFault(draft) ?? footingFault(draft);
    if (fault) context.addIssue({ code: 'custom', path: [...fault.path], message: fault.wanted });
  });
export type ClaimDraft = z.infer<typeof claimDraftSchema>;

/** A recorded claim: a draft with its id, its feed, the capture it came from and our two times. Never edited. */
export type Claim = ClaimDraft & {
  readonly id: string;
  readonly tenantId: string;
  readonly feedId: string;
  readonly captureHash: string;
  readonly retrievedAt: Instant;
  /** Database clock. */
  readonly recordedAt: Instant;
  /** Ledger position, counted from 0: the claim is part of every ledger of size N > position. */
  readonly position: number;
};

/** The most restrictive label among the claims an answer rests on. Without a claim nothing restricts it. */
export function tlpOf(claims: readonly Pick<Claim, 'tlp'>[]): Tlp {
  return TLP_LABELS[claims.reduce((worst, { tlp }) => Math.max(worst, TLP_LABELS.indexOf(tlp)), 0)]!;
}
