import { METHODS, type BacktestResult, type HorizonResult, type Method } from '@faultline/scoring';
import { drawPlot, type Axis, type Series } from './svg.js';

const COLOURS: Readonly<Record<Method, string>> = {
  climatology: '#777777',
  persistence: '#b07aa1',
  uniform: '#9c755f',
  'worldmonitor-like': '#e0862b',
  'long-run-rate-only': '#4e9a57',
  model: '#1f5fa8',
};

const SHOWN_DAYS = [30, 90];

/** The drawings of a back-test, by file name. */
export function plotsOf(result: BacktestResult): ReadonlyMap<string, string> {
  const shown = result.horizons.filter(({ horizonDays }) => SHOWN_DAYS.includes(horizonDays));
  return new Map([
    ['backtest-reliability.svg', reliability(shown)],
    ['backtest-skill.svg', skill(result.horizons)],
    ...shown
      .filter(({ horizonDays }) => horizonDays === SHOWN_DAYS[0])
      .map((horizon): [string, string] => ['backtest-time.svg', time(horizon)]),
  ]);
}

function reliability(horizons: readonly HorizonResult[]): string {
  const diagonal: Series = {
    name: 'said is seen',
    colour: '#999999',
    line: 'dashed',
    dots: false,
    points: [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
  };
  const colours = [COLOURS.model, '#c0392b'];
  const tenths = evenTicks(0, 1, 5, (at) => at.toFixed(1));
  return drawPlot({
    title: 'Reliability of the model',
    description: 'For each tenth of the scale, the mean probability said against how often it came true.',
    x: { label: 'probability said', from: 0, to: 1, ticks: tenths },
    y: { label: 'share that came true', from: 0, to: 1, ticks: tenths },
    series: [
      diagonal,
      ...horizons.map(({ horizonDays, reliability: bins }, index): Series => ({
        name: `${horizonDays} days`,
        colour: colours[index] ?? '#222222',
        line: 'solid',
        dots: true,
        points: bins.flatMap(({ meanSaid, observed }) =>
          meanSaid === null || observed === null ? [] : [{ x: meanSaid, y: observed }],
        ),
      })),
    ],
  });
}

function skill(horizons: readonly HorizonResult[]): string {
  const x: Axis = {
    label: 'horizon, days (logarithmic)',
    from: Math.log(5),
    to: Math.log(Math.max(...horizons.map(({ horizonDays }) => horizonDays)) * 1.2),
    ticks: horizons.map(({ horizonDays }) => ({ at: Math.log(horizonDays), text: String(horizonDays) })),
  };
  return drawPlot({
    title: 'Brier skill over climatology by horizon',
    description:
      'Skill of the model with its 90 % interval, and of the baselines; below 0 climatology is better. What is beyond the scale is drawn at its edge.',
    x,
    y: { label: 'skill', from: -0.5, to: 0.5, ticks: evenTicks(-0.5, 0.5, 10, (at) => at.toFixed(1)) },
    series: METHODS.map((method): Series => ({
      name: method,
      colour: COLOURS[method],
      line: method === 'climatology' ? 'dashed' : 'solid',
      dots: method !== 'climatology',
      points: horizons.map(({ horizonDays, methods }) => {
        const { value, low, high } = methods[method].skill;
        return { x: Math.log(horizonDays), y: value, ...(method === 'model' ? { low, high } : {}) };
      }),
    })),
  });
}

function time({ byOrigin, horizonDays }: HorizonResult): string {
  const most = Math.max(
    1,
    ...byOrigin.flatMap(({ observed, expected, climatology }) => [observed, expected, climatology]),
  );
  const top = Math.ceil(most / 4) * 4;
  const line = (name: string, colour: string, valueOf: (origin: (typeof byOrigin)[number]) => number): Series => ({
    name,
    colour,
    line: 'solid',
    dots: false,
    points: byOrigin.map((origin, x) => ({ x, y: valueOf(origin) })),
  });
  return drawPlot({
    title: `Assets hit in the next ${horizonDays} days`,
    description: 'At each origin the number of assets hit, and the numbers the model and climatology expected.',
    x: {
      label: 'origin',
      from: 0,
      to: Math.max(1, byOrigin.length - 1),
      ticks: byOrigin.flatMap(({ date }, at) =>
        at === 0 || date.slice(0, 4) !== byOrigin[at - 1]?.date.slice(0, 4) ? [{ at, text: date.slice(0, 4) }] : [],
      ),
    },
    y: { label: 'assets', from: 0, to: top, ticks: evenTicks(0, top, 4, String) },
    series: [
      { ...line('seen', '#222222', ({ observed }) => observed), dots: true, line: 'none' },
      line('model', COLOURS.model, ({ expected }) => expected),
      line('climatology', COLOURS.climatology, ({ climatology }) => climatology),
    ],
  });
}

function evenTicks(from: number, to: number, steps: number, textOf: (at: number) => string): Axis['ticks'] {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const at = from + ((to - from) * index) / steps;
    return { at, text: textOf(at) };
  });
}
