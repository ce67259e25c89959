import { html, nothing, svg } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { age, count, instant, shortInstant } from '../state/phrase.js';
import { spanIn } from '../state/reduce.js';
import { lastOf } from '../state/read.js';
import { momentOf } from '../state/state.js';
import type { State } from '../state/state.js';
import {
  HOUR_MS,
  isInMarch,
  lastSpoken,
  MARCH_OPENING,
  parseInstant,
  PRESETS,
  stepBy,
  ticksOf,
  toInstant,
  unfinished,
} from '../state/time.js';
import type { Bucket, Span, SpanChoice } from '../state/time.js';
import type { Doing } from './actions.js';
import { coordinatesView } from './coordinates.js';

const SPANS: readonly (readonly [SpanChoice, string])[] = [
  ['march', 'March 2026'],
  ['record', 'Whole record'],
  ['week', 'Week around'],
];

const density = (buckets: readonly Bucket[], span: Span) => {
  const most = Math.max(1, ...buckets.map(({ statements }) => statements));
  const scale = 1000 / (span.end - span.begin);
  return svg`<svg class="density" viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
    ${buckets.map((bucket) => {
      if (bucket.statements === 0) return nothing;
      const x = (Date.parse(bucket.begin) - span.begin) * scale;
      const width = Math.max(1.6, (Date.parse(bucket.end) - Date.parse(bucket.begin)) * scale - 0.4);
      // Square root: one statement is still seen beside a day of a hundred.
      const height = 4 + 34 * Math.sqrt(bucket.statements / most);
      return svg`<rect x=${x.toFixed(2)} y=${(40 - height).toFixed(2)} width=${width.toFixed(2)} height=${height.toFixed(2)} />`;
    })}
  </svg>`;
};

const ticks = (span: Span) => svg`<svg class="ticks" aria-hidden="true">
  ${ticksOf(span, 9).map(({ at, text }) => {
    const x = ((at - span.begin) / (span.end - span.begin)) * 100;
    return x < 1 || x > 97 ? nothing : svg`<text x="${x.toFixed(2)}%" y="11" text-anchor="middle">${text}</text>`;
  })}
</svg>`;

const askAt = (doing: Doing, ms: number | null): void => {
  const at = ms === null ? null : toInstant(ms);
  doing.send({ do: 'ask', asked: { validAt: at, publicAt: at, position: doing.store.state().address.asked.position } });
};

const stop = (doing: Doing): void => doing.send({ do: 'play', playing: false });

const stepButton = (doing: Doing, state: State, hours: number, name: string, text: string): TemplateResult => html`
  <button
    type="button"
    class="button step"
    aria-label="${text}: ${name}"
    ?disabled=${hours > 0 && state.address.asked.validAt === null}
    @click=${() => {
      stop(doing);
      askAt(doing, stepBy(momentOf(doing.store.state()), hours, state.nowMs));
    }}
  >
    ${text}
  </button>
`;

/** What was last said at the moment shown, or why nothing can be told. */
const caption = (state: State, ms: number, buckets: readonly Bucket[]): TemplateResult => {
  const { timeline } = state.reads;
  if (timeline.phase === 'failed') {
    return html`<span class="warning-inline"
      >How much was said when could not be read; the bar is blank, not quiet.</span
    >`;
  }
  const year = new Date(state.nowMs).getUTCFullYear();
  const open = unfinished(ms, buckets);
  if (open !== null) {
    const said = `${count(open.statements, 'statement')} around this moment`;
    return html`<span class="quiet"
      >${said}, between ${shortInstant(open.begin, year)} and ${shortInstant(open.end, year)}</span
    >`;
  }
  const bucket = lastSpoken(ms, buckets);
  if (bucket === null) {
    return html`<span class="quiet"
      >${timeline.phase === 'found' ? 'On this bar nothing was published before this moment.' : ''}</span
    >`;
  }
  return html`<span class="quiet"
      >Last published, by
      ${shortInstant(bucket.end, year)}${bucket.statements === 1 ? '' : ` (1 of ${bucket.statements})`}:</span
    >
    <span dir="auto">${bucket.firstText ?? 'no text'}</span>`;
};

/** A moment as a person types it: the zone may be left out, because the field says it is UTC. */
const typedInstant = (text: string): number | null =>
  parseInstant(`${text.trim().replace(' ', 'T').replace(/Z$/i, '')}Z`);

const exactInput = (doing: Doing, state: State): TemplateResult => html`
  <label class="exact">
    <span class="exact-name">UTC</span>
    <input
      type="text"
      autocomplete="off"
      spellcheck="false"
      size="16"
      aria-label="Exact moment in UTC, year-month-day hour:minute"
      .value=${live(toInstant(momentOf(state)).slice(0, 16).replace('T', ' '))}
      @input=${(event: Event) => (event.target as HTMLInputElement).setCustomValidity('')}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const ms = typedInstant(input.value);
        if (ms === null) {
          input.setCustomValidity(`Got ${input.value}, wanted a date and a time like 2026-03-01 18:00.`);
          input.reportValidity();
          return;
        }
        stop(doing);
        askAt(doing, ms >= doing.store.state().nowMs ? null : ms);
      }}
    />
  </label>
`;

/** To look at March is to go there: the moment is never off the bar. */
const chooseSpan = (doing: Doing, span: SpanChoice): void => {
  doing.send({ do: 'span', span });
  if (span === 'march' && !isInMarch(momentOf(doing.store.state()))) askAt(doing, MARCH_OPENING);
};

const presets = (doing: Doing, state: State): TemplateResult => html`
  <div class="presets" role="group" aria-label="Moments">
    ${exactInput(doing, state)}
    ${PRESETS.map(({ label, at }) => {
      const { validAt, publicAt } = state.address.asked;
      const isCurrent = validAt === at && publicAt === at;
      return html`<button
        type="button"
        class="preset"
        aria-pressed=${isCurrent ? 'true' : 'false'}
        @click=${() => {
          stop(doing);
          if (at !== null && isInMarch(Date.parse(at))) doing.send({ do: 'span', span: 'march' });
          askAt(doing, at === null ? null : Date.parse(at));
        }}
      >
        ${label}
      </button>`;
    })}
    <label class="span-choice">
      <span class="visually-hidden">Span of the bar</span>
      <select @change=${(event: Event) => chooseSpan(doing, (event.target as HTMLSelectElement).value as SpanChoice)}>
        ${SPANS.map(([value, text]) => html`<option value=${value} .selected=${live(state.span === value)}>${text}</option>`)}
      </select>
    </label>
  </div>
`;

const slider = (doing: Doing, state: State, span: Span, ms: number): TemplateResult => {
  const hours = Math.round((span.end - span.begin) / HOUR_MS);
  const value = Math.round((ms - span.begin) / HOUR_MS);
  const isNow = state.address.asked.validAt === null;
  const said = isNow
    ? `Now, ${instant(toInstant(ms))}`
    : `${instant(toInstant(ms))}, ${age((state.nowMs - ms) / HOUR_MS)} ago`;
  return html`<input
    class="slider"
    type="range"
    min="0"
    max=${hours}
    step="1"
    .value=${live(String(Math.min(hours, Math.max(0, value))))}
    aria-label="Moment the map shows"
    aria-valuetext=${said}
    @input=${(event: Event) => {
      const at = span.begin + Number((event.target as HTMLInputElement).value) * HOUR_MS;
      stop(doing);
      askAt(doing, at >= doing.store.state().nowMs ? null : at);
    }}
  />`;
};

/** Coordinates apart give an answer without scores; the reader is told and can join them again. */
const apart = (doing: Doing, state: State): TemplateResult | typeof nothing => {
  const { validAt, publicAt } = state.address.asked;
  if (validAt === publicAt) return nothing;
  return html`<button type="button" class="preset" @click=${() => askAt(doing, momentOf(state))}>
    Valid and public time differ: join them
  </button>`;
};

const pinned = (doing: Doing, state: State): TemplateResult | typeof nothing => {
  const { asked } = state.address;
  if (asked.position === null) return nothing;
  return html`<button
    type="button"
    class="preset"
    @click=${() => doing.send({ do: 'ask', asked: { ...asked, position: null } })}
  >
    Pinned to position ${asked.position}: release
  </button>`;
};

/** The time control: when the map is of, how much was said when, and where the answer stands. */
export const timeBar = (doing: Doing, state: State): TemplateResult => {
  const ms = momentOf(state);
  const span = spanIn(state, ms);
  const buckets = lastOf(state.reads.timeline)?.data ?? [];
  const year = new Date(state.nowMs).getUTCFullYear();
  return html`
    <section class="time" aria-label="Time">
      <div class="time-controls">
        <div class="steps" role="group" aria-label="Step through time">
          ${stepButton(doing, state, -24, 'back one day', '−1 d')}
          ${stepButton(doing, state, -1, 'back one hour', '−1 h')}
          <button
            type="button"
            class="button play"
            aria-label=${state.playing ? 'Pause the replay' : 'Replay March 2026'}
            @click=${() => doing.send({ do: 'play', playing: !state.playing })}
          >
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              ${state.playing ? svg`<path d="M4 2h3v12H4zM9 2h3v12H9z" />` : svg`<path d="M4 2l10 6-10 6z" />`}
            </svg>
          </button>
          ${stepButton(doing, state, 1, 'forward one hour', '+1 h')}
          ${stepButton(doing, state, 24, 'forward one day', '+1 d')}
        </div>
        <p class="moment">
          <strong>${state.address.asked.validAt === null ? 'Now' : shortInstant(toInstant(ms), year)}</strong>
        </p>
        ${presets(doing, state)} ${apart(doing, state)} ${pinned(doing, state)}
      </div>
      <div class="track">${density(buckets, span)} ${slider(doing, state, span, ms)} ${ticks(span)}</div>
      <div class="time-foot">
        <p class="caption">${caption(state, ms, buckets)}</p>
        ${coordinatesView(state)}
      </div>
    </section>
  `;
};
