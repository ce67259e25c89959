import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { startProgress } from './progress.js';
import { drawPlot, escapeXml, type Plot } from './svg.js';
import { tableOf } from './table.js';

const axis = { label: 'x', from: 0, to: 10, ticks: [{ at: 0, text: '0' }] };
const plot = (change: Partial<Plot> = {}): Plot => ({
  title: 'A plot',
  description: 'What it shows',
  x: axis,
  y: axis,
  series: [
    {
      name: 'one',
      colour: '#123456',
      line: 'solid',
      dots: true,
      points: [
        { x: 0, y: 10, low: 5, high: 12 },
        { x: 10, y: 0 },
      ],
    },
  ],
  ...change,
});

/** Elements of a document in order, with the text in them. @throws where it is not well-formed */
function elementsOf(xml: string): { name: string; text: string; attributes: Record<string, string> }[] {
  const elements: { name: string; text: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, text: '', attributes }));
  parser.on('text', (text) => {
    if (elements.length > 0) elements.at(-1)!.text += text;
  });
  parser.write(xml).close();
  return elements;
}

describe('a drawing', () => {
  it('puts points where they belong, and what is beyond the scale at its edge', () => {
    const marks = elementsOf(drawPlot(plot()));
    expect(marks.find(({ name }) => name === 'polyline')!.attributes['points']).toBe('64.0,44.0 570.0,348.0');
    const bar = marks.filter(({ name, attributes }) => name === 'line' && attributes['stroke'] === '#123456')[0]!;
    expect(bar.attributes).toMatchObject({ x1: '64.0', y1: '196.0', y2: '44.0' });
  });

  it('is well-formed and says what it was given as text, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const [first] = plot().series;
        const elements = elementsOf(
          drawPlot(plot({ title: `t${text}`, description: text, series: [{ ...first!, name: text }] })),
        );
        expect(elements.map(({ name }) => name)).toEqual(elementsOf(drawPlot(plot())).map(({ name }) => name));
      }),
    );
    const [, title] = elementsOf(drawPlot(plot({ title: '</title><script>alert("1")</script>&amp;' })));
    expect(title).toMatchObject({ name: 'title', text: '</title><script>alert("1")</script>&amp;\n' });
    expect(escapeXml(`a'b\u0000`)).toBe('a&#39;b');
  });
});

describe('a table', () => {
  it('lines up, numbers to the right', () => {
    expect(
      tableOf(
        ['name', 'value'],
        [
          ['a', '−1.5'],
          ['longer', '10'],
        ],
      ).split('\n'),
    ).toEqual(['| name   | value |', '| ------ | ----: |', '| a      |  −1.5 |', '| longer |    10 |']);
  });

  it('keeps a cell one cell', () => {
    const [, , row] = tableOf(['a', 'b'], [['x|y', 'two\nlines <b>']]).split('\n');
    expect(row).toBe('| x\\|y | two lines &lt;b> |');
  });
});

describe('progress', () => {
  const run = (isTerminal: boolean) => {
    const said: string[] = [];
    const progress = startProgress({ isTerminal, print: (text) => said.push(text) }, 'reading');
    for (const share of [0, 0.001, 0.5, 2]) progress.tell(share);
    progress.end('read 3 rows');
    return said;
  };

  it('is a bar that is redrawn on a terminal, once per percent', () => {
    const said = run(true);
    expect(said).toHaveLength(4);
    expect(said[1]).toBe(`\r\u001b[2Kreading [${'#'.repeat(15)}${'-'.repeat(15)}] 50 %`);
    expect(said[2]).toContain('100 %');
    expect(said[3]).toBe('\r\u001b[2Kread 3 rows\n');
  });

  it('is plain lines elsewhere', () => {
    expect(run(false)).toEqual(['reading …\n', 'read 3 rows\n']);
  });
});
