/** Small drawings for a page: axes, lines and dots as an SVG document, without a browser. */
export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface Plot {
  readonly title: string;
  /** What somebody is told who cannot see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly PlotPoint[];
  readonly line: 'solid' | 'dashed' | 'none';
  readonly dots: boolean;
}

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  /** A bar from low to high through the point. */
  readonly low?: number;
  readonly high?: number;
}

const WIDTH = 760;
const HEIGHT = 400;
const LEFT = 64;
const RIGHT = 190;
const TOP = 44;
const BOTTOM = 52;
const FONT = 'font-family="sans-serif" font-size="12" fill="#222"';

/** Text as it may stand in an SVG document: markup is text, control characters are gone. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export function drawPlot({ title, description, x, y, series }: Plot): string {
  const right = WIDTH - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const xAt = (value: number): string => px(LEFT + ((value - x.from) / (x.to - x.from)) * (right - LEFT));
  const yAt = (value: number): string => px(bottom - ((clamped(value, y) - y.from) / (y.to - y.from)) * (bottom - TOP));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24" font-weight="bold" ${FONT}>${escapeXml(title)}</text>`,
    ...y.ticks.flatMap(({ at, text }) => [
      `<line x1="${LEFT}" x2="${right}" y1="${yAt(at)}" y2="${yAt(at)}" stroke="#ddd"/>`,
      `<text x="${LEFT - 8}" y="${yAt(at)}" dy="4" text-anchor="end" ${FONT}>${escapeXml(text)}</text>`,
    ]),
    ...x.ticks.flatMap(({ at, text }) => [
      `<line x1="${xAt(at)}" x2="${xAt(at)}" y1="${bottom}" y2="${bottom + 5}" stroke="#222"/>`,
      `<text x="${xAt(at)}" y="${bottom + 20}" text-anchor="middle" ${FONT}>${escapeXml(text)}</text>`,
    ]),
    `<line x1="${LEFT}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="#222"/>`,
    `<text x="${px((LEFT + right) / 2)}" y="${HEIGHT - 10}" text-anchor="middle" ${FONT}>${escapeXml(x.label)}</text>`,
    `<text transform="translate(16 ${px((TOP + bottom) / 2)}) rotate(-90)" text-anchor="middle" ${FONT}>${escapeXml(y.label)}</text>`,
    ...series.flatMap((one, index) => [...marks(one, xAt, yAt), ...legend(one, right + 16, TOP + 10 + index * 20)]),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function marks(
  { points, colour, line, dots }: Series,
  xAt: (value: number) => string,
  yAt: (value: number) => string,
): string[] {
  const stroke = `stroke="${escapeXml(colour)}"`;
  const path = points.map((point) => `${xAt(point.x)},${yAt(point.y)}`).join(' ');
  return [
    ...(line === 'none' || points.length < 2
      ? []
      : [`<polyline points="${path}" fill="none" stroke-width="1.6" ${stroke}${dashes(line)}/>`]),
    ...points.flatMap(({ x, low, high }) =>
      low === undefined || high === undefined
        ? []
        : [`<line x1="${xAt(x)}" x2="${xAt(x)}" y1="${yAt(low)}" y2="${yAt(high)}" stroke-width="1.6" ${stroke}/>`],
    ),
    ...(dots
      ? points.map(({ x, y }) => `<circle cx="${xAt(x)}" cy="${yAt(y)}" r="3.2" fill="${escapeXml(colour)}"/>`)
      : []),
  ];
}

function legend({ name, colour, line, dots }: Series, x: number, y: number): string[] {
  return [
    ...(line === 'none'
      ? []
      : [
          `<line x1="${x}" x2="${x + 20}" y1="${y}" y2="${y}" stroke-width="1.6" stroke="${escapeXml(colour)}"${dashes(line)}/>`,
        ]),
    ...(dots ? [`<circle cx="${x + 10}" cy="${y}" r="3.2" fill="${escapeXml(colour)}"/>`] : []),
    `<text x="${x + 26}" y="${y}" dy="4" ${FONT}>${escapeXml(name)}</text>`,
  ];
}

function dashes(line: Series['line']): string {
  return line === 'dashed' ? ' stroke-dasharray="5 4"' : '';
}

function clamped(value: number, { from, to }: Axis): number {
  return Math.min(to, Math.max(from, value));
}

/** Tenths of a pixel: the same drawing on every machine. */
function px(value: number): string {
  return value.toFixed(1);
}
