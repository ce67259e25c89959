/** A series of numbered warnings: the code the feed writes, and the name the warnings themselves write. */
export interface Series {
  readonly code: string;
  readonly name: string;
}

const HYDRO: Readonly<Record<string, string>> = { A: 'HYDROLANT', P: 'HYDROPAC', C: 'HYDROARC' };
/** The 21 areas of the World-Wide Navigational Warning Service. */
const AREAS = 'I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI'.split(' ');

/** The series of a code (`4`, `A`) or a name (`IV`, `NAVAREA IV`, `HYDROLANT`); undefined for anything else. */
export function seriesOf(written: string): Series | undefined {
  const word = written
    .trim()
    .toUpperCase()
    .replace(/^NAVAREA /, '');
  for (const [code, name] of Object.entries(HYDRO)) if (word === code || word === name) return { code, name };
  const index = /^\d{1,2}$/.test(word) ? Number(word) - 1 : AREAS.indexOf(word);
  const area = AREAS[index];
  return area === undefined ? undefined : { code: String(index + 1), name: `NAVAREA ${area}` };
}
