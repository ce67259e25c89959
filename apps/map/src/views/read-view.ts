import { html } from 'lit/html.js';
import type { TemplateResult } from 'lit/html.js';
import type { Read } from '../state/read.js';
import { lastOf } from '../state/read.js';
import type { Doing } from './actions.js';
import { failed, reading } from './parts.js';

/** The view of a read on a page of its own: failed, reading, or what was found; an earlier answer is shown paler. */
export const readView = <T>(
  doing: Doing,
  what: string,
  read: Read<T>,
  show: (value: T) => TemplateResult,
): TemplateResult => {
  if (read.phase === 'failed') return failed(what, read.reason, () => doing.send({ do: 'again' }));
  const value = lastOf(read);
  if (value === null) return reading(what.toLowerCase());
  const isPale = read.phase === 'loading' && !doing.store.state().rereading;
  return html`<div class=${isPale ? 'is-reading' : ''}>${show(value)}</div>`;
};
