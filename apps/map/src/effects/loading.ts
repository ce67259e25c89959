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
import { spanIn } from '../state/reduce.js';
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
    if (!action.do.startsWith('read-')) follow(state);
  });
  follow(store.state());
};
