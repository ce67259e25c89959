import { nothing, svg } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Band } from '../api/words.js';
import { isStated } from '../state/mark.js';
import type { Mark, MarkKey } from '../state/mark.js';

type Loud = Exclude<MarkKey, 'calm' | 'unmonitored' | 'unread'>;

/** Outline of each state that says something, in a box of 24 around 0: the shape alone tells them apart. */
const OUTLINE: Readonly<Record<Loud, string>> = {
  'permanently-lost': 'M-9-9H9V9H-9Z',
  unavailable: 'M-4.3-10.4H4.3L10.4-4.3V4.3L4.3 10.4H-4.3L-10.4 4.3V-4.3Z',
  impaired: 'M0-11L11 9H-11Z',
  degraded: 'M0-11.5L11.5 0L0 11.5L-11.5 0Z',
  investigating: 'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1-10 0Z',
  recovering: 'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1-10 0Z',
  contested: 'M-5.5-9.6H5.5L11 0L5.5 9.6H-5.5L-11 0Z',
  restored: 'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1-10 0Z',
};

const SIGN: Readonly<Record<Loud, string>> = {
  'permanently-lost': 'M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5',
  unavailable: 'M-5.5 0H5.5',
  impaired: 'M0-4V3M0 6V6.4',
  degraded: 'M0-5.5V2M-3.5-1L0 3.5L3.5-1',
  investigating: 'M-3-2.8A3 3 0 1 1 0 .6V2.2M0 5.4V5.8',
  recovering: 'M0 5.5V-4.5M-4-.8L0-5L4-.8',
  contested: 'M-4.5-2H4.5M-4.5 2H4.5M2.8-5.5L-2.8 5.5',
  restored: 'M-4.5 .3L-1.4 3.6L4.5-3.4',
};

/** How much of the ball is filled: the band of the likelihood ahead. */
const FILL: Readonly<Record<Band, number>> = { minimal: 0, low: 0.25, moderate: 0.5, high: 0.75, severe: 1 };

const RADIUS = 9;

/** A slice of a circle from the top, clockwise. */
const slice = (share: number, radius: number): string => {
  if (share >= 1) return `M0 ${-radius}A${radius} ${radius} 0 1 1-.01 ${-radius}Z`;
  const angle = 2 * Math.PI * share;
  const x = (radius * Math.sin(angle)).toFixed(2);
  const y = (-radius * Math.cos(angle)).toFixed(2);
  return `M0 0V${-radius}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}Z`;
};

const ball = (band: Band | null, radius: number) =>
  band === null || FILL[band] === 0 ? nothing : svg`<path class="slice band-${band}" d=${slice(FILL[band], radius)} />`;

const quiet = (mark: Mark) => {
  const isHollow = mark.key === 'unmonitored';
  return svg`
    <circle class=${isHollow ? 'ring ring-unwatched' : 'ring'} r=${RADIUS} />
    ${mark.key === 'unread' ? svg`<path class="sign-unread" d="M-4-4L4 4M4-4L-4 4" />` : nothing}
    ${mark.key !== 'unread' && mark.band !== null ? ball(mark.band, isHollow ? RADIUS - 3.5 : RADIUS - 1) : nothing}
    ${mark.key !== 'unread' && mark.band === null ? svg`<path class="sign-none" d="M-4 0H4" />` : nothing}
  `;
};

const loud = (key: Loud) => svg`
  <path class="outline fill-${key}" d=${OUTLINE[key]} />
  <path class="sign sign-${key}" d=${SIGN[key]} />
`;

const clock = svg`<g class="clock" transform="translate(8.5 -8.5)"><circle r="5" /><path d="M0-2.6V0L1.9 1.1" /></g>`;

/** The content of a marker: shape and sign for Now, a filled ball for Ahead, a clock where the word is old. */
export const glyphBody = (mark: Mark): TemplateResult<2> => svg`
  <g class=${mark.stale ? 'glyph glyph-stale' : 'glyph'}>${isStated(mark) ? loud(mark.key as Loud) : quiet(mark)}</g>
  ${mark.stale ? clock : nothing}
`;

/** A marker beside its words: decoration there, so hidden from assistive technology. */
export const glyph = (mark: Mark, size: number) => svg`
  <svg class="glyph-box" viewBox="-15 -15 30 30" width=${size} height=${size} aria-hidden="true" focusable="false">${glyphBody(mark)}</svg>
`;

const BURST = 'M0-11L2.8-5.2L8.6-7.4L6-1.7L11 2L4.9 3.3L5 9.6L0 5.8L-5 9.6L-4.9 3.3L-11 2L-6-1.7L-8.6-7.4L-2.8-5.2Z';

/** An incident with a position. */
export const burst = (variant: string): TemplateResult<2> => svg`<path class="burst ${variant}" d=${BURST} />`;

/** How many incidents there are of which only the country is known. */
export const countryBadge = (text: string): TemplateResult<2> => svg`
  <circle class="badge" r="10" /><text class="badge-count" y="4.4" text-anchor="middle">${text}</text>
`;

/** Four corners around a marker: something of the reader's own stands there. */
export const brackets: TemplateResult<2> = svg`<path class="yours" d="M-13-7V-13H-7M7-13H13V-7M13 7V13H7M-7 13H-13V7" />`;
