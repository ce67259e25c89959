import type { Grade } from '@faultline/evidence';
import { read, refused, shown, type Reading } from '../document/index.js';

/** One of IODA's instruments. */
export interface Instrument {
  readonly datasource: string;
  readonly signal: 'reachability' | 'routing' | 'traffic';
  readonly means: string;
  readonly grade: Grade;
  readonly confidence: number;
}

type Known = Omit<Instrument, 'datasource'>;
const ROUTING: Known = { signal: 'routing', means: 'routed address blocks (BGP)', grade: 'A', confidence: 0.9 };
const PROBES: Known = { signal: 'reachability', means: 'blocks that answer probes', grade: 'A', confidence: 0.85 };
const TELESCOPE: Known = { signal: 'traffic', means: 'background traffic at a telescope', grade: 'B', confidence: 0.7 };
const PRODUCTS: Known = { signal: 'traffic', means: 'traffic to Google products', grade: 'B', confidence: 0.7 };

const INSTRUMENTS: Readonly<Record<string, Known>> = {
  bgp: ROUTING,
  'ping-slash24': PROBES,
  'merit-nt': TELESCOPE,
  'ucsd-nt': TELESCOPE,
  gtr: PRODUCTS,
  'gtr-norm': PRODUCTS,
  'gtr-sarima': PRODUCTS,
};

/** Reads the name of a datasource; a variant as `ping-slash24.median` is its instrument. */
export function readInstrument(value: unknown, locator: string): Reading<Instrument> {
  if (value === undefined || value === null)
    return refused('field.missing', locator, shown(value), 'the name of a datasource');
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  const base = name.split('.')[0]!;
  if (name.length > 60 || !Object.hasOwn(INSTRUMENTS, base))
    return refused('field.enum', locator, shown(value), Object.keys(INSTRUMENTS).join(', '));
  return read({ datasource: name, ...INSTRUMENTS[base]! });
}

/** At most this part of the expected is left where a signal counts as lost. */
export const LOST_RATIO = 0.1;
