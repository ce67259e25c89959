import {
  entriesKinships,
  exposuresCoverage,
  exposuresFeeds,
  exposuresList,
  exposuresOne,
  exposuresTimeline,
  footingRegion,
  incidentsClaims,
  incidentsList,
  incidentsOne,
} from '../generated/sdk.gen.js';
import { client } from '../generated/client.gen.js';
import type {
  Claim,
  CloudRegionPage,
  Coordinates,
  Coverage,
  Exposure,
  ExposureSummary,
  Feed,
  Incident,
  IncidentSummary,
  Kinship,
  TimelineBucket,
} from './types.js';

/** The coordinates a reader asks at. Null is the service's own default: now, now, the head of the ledger. */
export interface Asked {
  readonly validAt: string | null;
  readonly publicAt: string | null;
  readonly position: number | null;
}

export interface ListAnswer<T> {
  readonly data: readonly T[];
  readonly coordinates: Coordinates;
}
export interface SingleAnswer<T> {
  readonly data: T;
  readonly coordinates: Coordinates;
}

/** Why a read gave nothing: `network` no answer, `refused` an error answer, `unreadable` an answer of another shape. */
export class ReadFailure extends Error {
  constructor(
    readonly kind: 'network' | 'refused' | 'unreadable',
    readonly status: number | null,
    message: string,
  ) {
    super(message);
  }
}

const PAGE_ROWS = 500;
/** More pages than this is no list a person reads: better to say so than to draw a part of it as if it were all. */
const MAX_PAGES = 40;

// Asked of wherever the page came from; the fetch is looked up at each call, so that a test can put its own.
client.setConfig({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  fetch: (input, init) => globalThis.fetch(input, init),
  headers: { accept: 'application/json' },
});

/** The coordinates as the service's query parameters. */
interface AsOf {
  asOf?: string;
  validAt?: string;
  publicAt?: string;
  position?: string;
}

export const asOfQuery = (asked: Asked): AsOf => ({
  ...(asked.validAt !== null && asked.validAt === asked.publicAt
    ? { asOf: asked.validAt }
    : {
        ...(asked.validAt === null ? {} : { validAt: asked.validAt }),
        ...(asked.publicAt === null ? {} : { publicAt: asked.publicAt }),
      }),
  ...(asked.position === null ? {} : { position: String(asked.position) }),
});

/** Where the signed report on a region is, at exactly the coordinates of an answer. */
export const reportAddress = (
  regionId: string,
  form: 'bundle' | 'page',
  { publicAt, position }: Pick<Coordinates, 'publicAt' | 'position'>,
): string =>
  `/api/v1/reports/${encodeURIComponent(regionId)}/${form}?asOf=${encodeURIComponent(publicAt)}&position=${position}`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What an error answer says in words. */
export const problemText = (body: unknown, status: number): string => {
  if (isRecord(body)) {
    const parts = [body['title'], body['detail']].filter((part) => typeof part === 'string' && part !== '');
    if (parts.length > 0) return parts.join(': ');
  }
  return `The service answered ${status} without saying why.`;
};

const isAnswer = (body: unknown, list: boolean): boolean =>
  isRecord(body) && isRecord(body['coordinates']) && (list ? Array.isArray(body['data']) : isRecord(body['data']));

/** What the generated client gives back: an answer, or what stood in its place. */
interface Taken {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response?: Response | undefined;
}

const take = async (call: Promise<Taken>, list: boolean, signal: AbortSignal): Promise<unknown> => {
  const { data, error, response } = await call;
  signal.throwIfAborted();
  if (response === undefined) {
    throw new ReadFailure('network', null, 'The service did not answer. Is it running, and are you online?');
  }
  if (!response.ok) throw new ReadFailure('refused', response.status, problemText(error, response.status));
  if (!isAnswer(data, list)) {
    throw new ReadFailure('unreadable', response.status, 'The answer does not have the agreed shape.');
  }
  return data;
};

export const takeOne = async <T>(call: Promise<Taken>, signal: AbortSignal): Promise<SingleAnswer<T>> =>
  (await take(call, false, signal)) as SingleAnswer<T>;

/** One page of a list. */
export const takeList = async <T>(
  call: Promise<Taken>,
  signal: AbortSignal,
): Promise<ListAnswer<T> & { readonly next: string | null }> =>
  (await take(call, true, signal)) as ListAnswer<T> & { readonly next: string | null };

/** Every page of a list. Later pages are read at the coordinates the first one resolved to, so the whole is one answer. */
export const readList = async <T>(
  page: (query: AsOf & { limit: number; cursor?: string }) => Promise<Taken>,
  asked: Asked,
  signal: AbortSignal,
): Promise<ListAnswer<T>> => {
  const data: T[] = [];
  let at = asked;
  let cursor: string | undefined;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const query = { ...asOfQuery(at), limit: PAGE_ROWS, ...(cursor === undefined ? {} : { cursor }) };
    const body = (await take(page(query), true, signal)) as {
      data: T[];
      next: string | null;
      coordinates: Coordinates;
    };
    data.push(...body.data);
    if (body.next === null || body.next === undefined) return { data, coordinates: body.coordinates };
    const { validAt, publicAt, position } = body.coordinates;
    at = { validAt, publicAt, position };
    cursor = body.next;
  }
  throw new ReadFailure('unreadable', null, `The list did not end after ${MAX_PAGES} pages.`);
};

export const readExposures = (asked: Asked, signal: AbortSignal) =>
  readList<ExposureSummary>((query) => exposuresList({ query, signal }), asked, signal);
export const readExposure = (regionId: string, asked: Asked, signal: AbortSignal) =>
  takeOne<Exposure>(exposuresOne({ path: { regionId }, query: asOfQuery(asked), signal }), signal);
export const readFooting = (regionId: string, asked: Asked, signal: AbortSignal) =>
  takeOne<CloudRegionPage>(footingRegion({ path: { regionId }, query: asOfQuery(asked), signal }), signal);
export const readIncidents = (asked: Asked, signal: AbortSignal) =>
  readList<IncidentSummary>((query) => incidentsList({ query, signal }), asked, signal);
export const readIncident = (incidentId: string, asked: Asked, signal: AbortSignal) =>
  takeOne<Incident>(incidentsOne({ path: { incidentId }, query: asOfQuery(asked), signal }), signal);
export const readFeeds = (asked: Asked, signal: AbortSignal) =>
  readList<Feed>((query) => exposuresFeeds({ query, signal }), asked, signal);
export const readKinships = (asked: Asked, signal: AbortSignal) =>
  readList<Kinship>((query) => entriesKinships({ query, signal }), asked, signal);
/** Everything the desk said: decisions and disputes among what it entered. */
export const readDeskClaims = (asked: Asked, signal: AbortSignal) =>
  readList<Claim>((query) => incidentsClaims({ query: { ...query, feed: 'desk' }, signal }), asked, signal);
export const readCoverage = (asked: Asked, signal: AbortSignal) =>
  readList<Coverage>((query) => exposuresCoverage({ query, signal }), asked, signal);

/** How many statements were published in each bucket of [from, to). */
export const readTimeline = (
  span: { from: string; to: string; stepHours: number },
  position: number | null,
  signal: AbortSignal,
) =>
  readList<TimelineBucket>(
    ({ position: at }) =>
      exposuresTimeline({ query: { ...span, ...(at === undefined ? {} : { position: at }) }, signal }),
    { validAt: null, publicAt: null, position },
    signal,
  );
