import { readSignInWays } from '../api/account.js';
import {
  ReadFailure,
  readCoverage,
  readDeskClaims,
  readExposure,
  readExposures,
  readFeeds,
  readFooting,
  readIncident,
  readIncidents,
  readKinships,
  readTimeline,
} from '../api/client.js';
import type { Asked } from '../api/client.js';
import { readSession } from '../api/desk.js';
import { readBlastRadius, readEntities, readEntity } from '../api/entities.js';
import { readAssets, readPortfolio, readRevisions } from '../api/portfolio.js';
import { isEntity } from '../state/entities.js';
import { spanIn } from '../state/reduce.js';
import { lastOf } from '../state/read.js';
import { FIND_KEY } from '../state/portfolio.js';
import { momentOf } from '../state/state.js';
import type { ReadName, State } from '../state/state.js';
import type { Store } from '../state/store.js';
import { bucketEdges, stepHoursOf } from '../state/time.js';
import { createLatest } from './latest.js';

interface Question {
  /** Two questions with the same key have the same answer. */
  readonly key: string;
  readonly ask: (signal: AbortSignal) => Promise<unknown>;
}

const askedKey = ({ validAt, publicAt, position }: Asked): string => `${validAt} ${publicAt} ${position}`;

const isSignedIn = ({ reads }: State): boolean => lastOf(reads.session)?.outcome === 'signed-in';

/** What is asked of the reader's own portfolio, which depends on who is signed in and on the position alone. */
const ownQuestions = (state: State): Readonly<Record<'portfolio' | 'assets' | 'revisions', Question | null>> => {
  const { asked, page, selection } = state.address;
  const key = `${asked.position} ${state.round} ${state.sessionRound}`;
  const isShown = isSignedIn(state) && (page === 'map' || page === 'portfolio');
  const region = page === 'map' && selection?.kind === 'region' ? { region: selection.id } : null;
  const text = (state.desk.drafts[FIND_KEY] ?? '').trim();
  const wanted = page === 'portfolio' ? (text === '' ? {} : { text }) : region;
  // The assets are those of the very revision that is shown: an edit is made on what was read together.
  const position = lastOf(state.reads.portfolio)?.coordinates.position ?? null;
  return {
    portfolio: isShown ? { key, ask: (signal) => readPortfolio(asked, signal) } : null,
    assets:
      isShown && wanted !== null && position !== null
        ? {
            key: `${JSON.stringify(wanted)} ${position} ${key}`,
            ask: (signal) => readAssets(wanted, { position }, signal),
          }
        : null,
    revisions: isShown && page === 'portfolio' ? { key, ask: (signal) => readRevisions(asked, signal) } : null,
  };
};

const entityQuestions = (
  state: State,
  at: string,
): Readonly<Record<'entities' | 'entity' | 'radiusDown' | 'radiusUp', Question | null>> => {
  const { asked, page, subject } = state.address;
  const of = page === 'entities' ? subject : null;
  const hasPage = of !== null && isEntity(of);
  const key = `${of} ${at}`;
  return {
    entities: page === 'entities' ? { key: at, ask: (signal) => readEntities(asked, signal) } : null,
    entity: hasPage ? { key, ask: (signal) => readEntity(of, asked, signal) } : null,
    radiusDown: of === null ? null : { key, ask: (signal) => readBlastRadius(of, 'down', asked, signal) },
    // A place or an incident stands on nothing here.
    radiusUp: hasPage ? { key, ask: (signal) => readBlastRadius(of, 'up', asked, signal) } : null,
  };
};

/** What the state wants to know now; null where a read is not wanted. */
const questionsOf = (state: State): Readonly<Record<ReadName, Question | null>> => {
  const { asked, selection, page } = state.address;
  const at = `${askedKey(asked)} ${state.round}`;
  const span = spanIn(state, momentOf(state));
  const timeline = { ...bucketEdges(span), stepHours: stepHoursOf(span) };
  const region = selection?.kind === 'region' ? selection.id : null;
  const incident = selection?.kind === 'incident' ? selection.id : null;
  return {
    exposures: { key: at, ask: (signal) => readExposures(asked, signal) },
    incidents: { key: at, ask: (signal) => readIncidents(asked, signal) },
    exposure: region === null ? null : { key: `${region} ${at}`, ask: (signal) => readExposure(region, asked, signal) },
    footing: region === null ? null : { key: `${region} ${at}`, ask: (signal) => readFooting(region, asked, signal) },
    incident:
      incident === null ? null : { key: `${incident} ${at}`, ask: (signal) => readIncident(incident, asked, signal) },
    timeline: {
      key: `${timeline.from} ${timeline.to} ${asked.position} ${state.round}`,
      ask: (signal) => readTimeline(timeline, asked.position, signal),
    },
    feeds: page === 'feeds' ? { key: at, ask: (signal) => readFeeds(asked, signal) } : null,
    coverage: page === 'feeds' ? { key: at, ask: (signal) => readCoverage(asked, signal) } : null,
    kinships: page === 'desk' ? { key: at, ask: (signal) => readKinships(asked, signal) } : null,
    deskClaims:
      page === 'desk' || incident !== null ? { key: at, ask: (signal) => readDeskClaims(asked, signal) } : null,
    ways: page === 'sign-in' ? { key: `${state.round}`, ask: readSignInWays } : null,
    session: state.sessionRound === 0 ? null : { key: `${state.sessionRound}`, ask: readSession },
    ...ownQuestions(state),
    ...entityQuestions(state, at),
  };
};

const DEBOUNCE_MS = 140;

const reasonOf = (error: unknown): string =>
  error instanceof ReadFailure ? error.message : 'The map itself failed while reading the answer.';

/** Keeps every read at what the state asks for: debounced, the overtaken aborted, a late answer never shown. */
export const keepLoaded = (store: Store): void => {
  const latest = new Map<ReadName, ReturnType<typeof createLatest>>();
  const wanted = new Map<ReadName, string | null>();
  const follow = (state: State): void => {
    const questions = questionsOf(state);
    for (const name of Object.keys(questions) as ReadName[]) {
      const question = questions[name];
      const key = question?.key ?? null;
      if (wanted.get(name) === key && wanted.has(name)) continue;
      const isFirst = !wanted.has(name) || wanted.get(name) === null;
      wanted.set(name, key);
      const runner = latest.get(name) ?? createLatest();
      latest.set(name, runner);
      if (question === null) {
        runner.stop();
        continue;
      }
      store.send({ do: 'read-began', name, asked: question.key });
      void runner.run(isFirst ? 0 : DEBOUNCE_MS, question.ask, {
        found: (value) => store.send({ do: 'read-found', name, asked: question.key, value }),
        failed: (error) => store.send({ do: 'read-failed', name, asked: question.key, reason: reasonOf(error) }),
      });
    }
  };
  store.onChange((state, _before, action) => {
    const isAskedOn = action.do === 'read-found' && (action.name === 'session' || action.name === 'portfolio');
    if (isAskedOn || !action.do.startsWith('read-')) follow(state);
  });
  follow(store.state());
};
