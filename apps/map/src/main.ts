import 'leaflet/dist/leaflet.css';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/map.css';
import './styles/marks.css';
import './styles/legend.css';
import './styles/panel.css';
import './styles/evidence.css';
import './styles/desk.css';
import './styles/account.css';
import './styles/portfolio.css';
import './styles/entities.css';
import './styles/time.css';
import './styles/phone.css';
import { render } from 'lit/html.js';
import { accountWith } from './effects/account.js';
import { keepAddress, noticeOf } from './effects/address-bar.js';
import { keepFocus } from './effects/focus.js';
import { keepLoaded } from './effects/loading.js';
import { keepTrying } from './effects/importing.js';
import { keepReplaying } from './effects/replay.js';
import { keepSignedIn } from './effects/signed-in.js';
import { writerWith } from './effects/writing.js';
import { keepMap } from './map/map.js';
import type { MapHandle } from './map/map.js';
import { providerRefusal } from './state/account.js';
import { startState } from './state/state.js';
import { createStore } from './state/store.js';
import { fromHash } from './state/url.js';
import { doingWith } from './views/actions.js';
import { appView } from './views/app.js';

const REFRESH_MS = 60_000;

const { address, refused } = fromHash(location.hash);
const store = createStore(startState(address, Date.now(), providerRefusal(location.hash) ?? noticeOf(refused)));
const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app element to draw into.');
root.replaceChildren();

let map: MapHandle | null = null;
const send = writerWith(store);
const doing = doingWith(
  store,
  (lonLat) => map?.showAt(lonLat),
  (key, order) => void send(key, order),
  accountWith(store),
);
const show = (): void => {
  render(appView(doing, store.state()), root);
};

let isShowPending = false;
store.onChange(() => {
  if (isShowPending) return;
  isShowPending = true;
  requestAnimationFrame(() => {
    isShowPending = false;
    show();
  });
});

show();
const canvas = document.getElementById('map');
if (canvas !== null) {
  map = keepMap(store, canvas, () => canvas.classList.add('is-worldless'));
}
keepAddress(store);
keepFocus(store);
keepReplaying(store);
keepLoaded(store);
keepTrying(store);
keepSignedIn(store);

/** While the map shows now, now moves on. */
setInterval(() => {
  const { asked } = store.state().address;
  if (document.hidden || asked.validAt !== null || asked.position !== null) return;
  store.send({ do: 'tick', nowMs: Date.now() });
  store.send({ do: 'again' });
}, REFRESH_MS);
