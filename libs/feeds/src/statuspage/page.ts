import type { ClaimDraft, ClaimValue } from '@faultline/evidence';
import { cleanText, isText, pointerOf, read, refused, shown, webAddress, type Reading } from '../document/index.js';

const PAGE_ID = /^[\w-]{1,60}$/;

/** Whose page it is. Its vendor is a source, an origin and a subject of its own: `statuspage:kctbh9vrtdwd`. */
export interface Page {
  /** The page's own id, or the host of its address. Ids of what it tells stand below it: no page speaks for another. */
  readonly id: string;
  readonly sourceId: string;
  readonly name: string;
  readonly url: string | null;
}

/** Reads whose page a document is: by its id, or, where it has none, by the host of its address. */
export function readPage(page: Readonly<Record<string, unknown>>, pointer: string): Reading<Page> {
  const fieldOf = (field: string): unknown => (Object.hasOwn(page, field) ? page[field] : undefined);
  const [id, name] = [fieldOf('id'), fieldOf('name')];
  const url = webAddress(fieldOf('url'));
  const host = url === null ? '' : new URL(url).hostname.slice(0, 60);
  if (id !== undefined && id !== null && !(typeof id === 'string' && PAGE_ID.test(id)))
    return refused('field.invalid', pointerOf(pointer, 'id'), shown(id), 'the id of a page');
  const own = typeof id === 'string' ? id : host;
  if (own === '') return refused('field.missing', pointerOf(pointer, 'id'), shown(id), 'the id of a page, or its url');
  const called = typeof name === 'string' && isText(name) ? cleanText(name).text.slice(0, 200).toWellFormed() : '';
  return read({ id: own, sourceId: `statuspage:${own}`, name: called || host || own, url });
}

/** A thing a page states, as the claim of its vendor. `subject` is the page, or a component of it. */
export interface Statement extends Pick<
  ClaimDraft,
  'item' | 'subject' | 'thread' | 'locator' | 'publishedAt' | 'occurredAt'
> {
  readonly url: string | null;
  readonly claim: ClaimValue;
  readonly stance?: ClaimDraft['stance'];
}

export function draftOf(page: Page, { claim, stance = 'asserts', url, ...said }: Statement): ClaimDraft {
  return {
    ...said,
    stance,
    place: { regionIds: [], zoneIds: [], countries: [], position: null },
    source: { id: page.sourceId, name: page.name, class: 'provider', grade: 'A' },
    origin: page.sourceId,
    url: url ?? page.url,
    expiresAt: null,
    confidence: 0.95,
    tlp: 'TLP:CLEAR',
    captureClass: 'captured-primary',
    ...claim,
  };
}
