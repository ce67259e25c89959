import { ASSET_KEY } from '../state/asset-form.js';
import { ENTRY_KEY } from '../state/entry.js';
import type { Selection } from '../state/state.js';
import type { Store } from '../state/store.js';
import { toHash } from '../state/url.js';

const focusOn = (find: () => HTMLElement | null | undefined): void => {
  requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
};

const isMoved = (a: Selection | null, b: Selection | null): boolean => a?.id !== b?.id || a?.kind !== b?.kind;

/** Keeps the keyboard where the reader's attention went: into the panel on selecting, back to the item on leaving it. */
export const keepFocus = (store: Store): void => {
  store.onChange((state, before, action) => {
    const { selection, page } = state.address;
    if (action.do === 'write-refused' && action.key === ENTRY_KEY)
      return focusOn(() => document.querySelector<HTMLElement>('.entry [aria-invalid="true"]'));
    if (action.do === 'write-refused' && action.key === ASSET_KEY)
      return focusOn(() =>
        document.querySelector<HTMLElement>('.asset-box [aria-invalid="true"], .asset-box .stale .button'),
      );
    if (action.do === 'edit') return focusOn(() => document.getElementById('asset-title'));
    if (
      action.do === 'edit-end' ||
      (action.do === 'write-recorded' && (action.key === ASSET_KEY || action.key === 'paste'))
    )
      return focusOn(() =>
        document.getElementById(before.portfolio.editing === null ? 'panel-heading' : 'assets-title'),
      );
    if (action.do === 'page' || action.do === 'subject') return focusOn(() => document.getElementById('panel-heading'));
    if (action.do === 'section' && action.section !== null) return;
    if (action.do !== 'select' || !isMoved(selection, before.address.selection)) return;
    if (selection !== null) {
      focusOn(() => document.getElementById('panel-heading'));
      const body = document.getElementById('detail');
      if (body !== null) body.scrollTop = 0;
      return;
    }
    const left = before.address.selection;
    if (left === null || page !== 'map') return;
    const link = toHash({ ...state.address, selection: left });
    focusOn(() =>
      [...document.querySelectorAll<HTMLElement>('#lists .item')].find((item) => item.getAttribute('href') === link),
    );
  });
  const linked = store.state().address.section;
  if (linked === null) return;
  // Once: what is read again later must not take the reader back there.
  let hasShown = false;
  store.onChange((_state, _before, action) => {
    if (action.do !== 'read-found' || (action.name !== 'exposure' && action.name !== 'incident')) return;
    if (hasShown || store.state().address.section !== linked) return;
    hasShown = true;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.getElementById(`section-${linked}`)?.scrollIntoView({ block: 'start' })),
    );
  });
};
