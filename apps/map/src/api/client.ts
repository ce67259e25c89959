import type {
  Coordinates,
  Coverage,
  Exposure,
  ExposureSummary,
  Feed,
  Incident,
  IncidentSummary,
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

const BASE = '/api/v1';
const PAGE_ROWS = '500';
/** More pages than this is no list a person reads: better to say so than to draw a part of it as if it were all. */
const MAX_PAGES = 40;

const coordinateParameters = (asked: Asked): [string, string][] => {
  const given: [string, string][] = [];
  if (asked.validAt !== null && asked.validAt === asked.publicAt) given.push(['asOf', asked.validAt]);
  else {
    if (asked.validAt !== null) given.push(['validAt', asked.validAt]);
    if (asked.publicAt !== null) given.push(['publicAt', asked.publicAt]);
  }
  if (asked.position !== null) given.push(['position', String(asked.position)]);
  return given;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const problemText = (body: unknown, status: number): string => {
  if (isRecord(body)) {
    const parts = [body['title'], body['detail']].filter((part) => typeof part === 'string' && part !== '');
    if (parts.length > 0) return parts.join(': ');
  }
  return `The service answered ${status} without saying why.`;
};

const isAnswer = (body: unknown, list: boolean): boolean =>
  isRecord(body) && isRecord(body['coordinates']) && (list ? Array.isArray(body['data']) : isRecord(body['data']));

const get = async (path: string, parameters: [string, string][], list: boolean, signal: AbortSignal) => {
  const query = new URLSearchParams(parameters).toString();
  let response: Response;
  try {
    response = await fetch(`${BASE}${path}${query === '' ? '' : `?${query}`}`, {
      signal,
      headers: { accept: 'application/json' },
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ReadFailure('network', null, 'The service did not answer. Is it running, and are you online?');
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ReadFailure('refused', response.status, problemText(body, response.status));
  if (!isAnswer(body, list)) {
    throw new ReadFailure('unreadable', response.status, 'The answer does not have the agreed shape.');
  }
  return body;
};

const readOne = async <T>(path: string, asked: Asked, signal: AbortSignal): Promise<SingleAnswer<T>> =>
  (await get(path, coordinateParameters(asked), false, signal)) as SingleAnswer<T>;

/** Every page of a list. Later pages are read at the coordinates the first one resolved to, so the whole is one answer. */
const readList = async <T>(
  path: string,
  asked: Asked,
  signal: AbortSignal,
  further: [string, string][] = [['limit', PAGE_ROWS]],
): Promise<ListAnswer<T>> => {
  const data: T[] = [];
  let at = asked;
  let cursor: [string, string][] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const body = (await get(path, [...coordinateParameters(at), ...further, ...cursor], true, signal)) as {
      data: T[];
      next: string | null;
      coordinates: Coordinates;
    };
    data.push(...body.data);
    if (body.next === null || body.next === undefined) return { data, coordinates: body.coordinates };
    const { validAt, publicAt, position } = body.coordinates;
    at = { validAt, publicAt, position };
    cursor = [['cursor', body.next]];
  }
  throw new ReadFailure('unreadable', null, `The list did not end after ${MAX_PAGES} pages.`);
};

const id = encodeURIComponent;

export const readExposures = (asked: Asked, signal: AbortSignal) =>
  readList<ExposureSummary>('/exposures', asked, signal);
export const readExposure = (regionId: string, asked: Asked, signal: AbortSignal) =>
  readOne<Exposure>(`/exposures/${id(regionId)}`, asked, signal);
export const readIncidents = (asked: Asked, signal: AbortSignal) =>
  readList<IncidentSummary>('/incidents', asked, signal);
export const readIncident = (incidentId: string, asked: Asked, signal: AbortSignal) =>
  readOne<Incident>(`/incidents/${id(incidentId)}`, asked, signal);
export const readFeeds = (asked: Asked, signal: AbortSignal) => readList<Feed>('/feeds', asked, signal);
export const readCoverage = (asked: Asked, signal: AbortSignal) => readList<Coverage>('/coverage', asked, signal);

/** How many statements were published in each bucket of [from, to). */
export const readTimeline = (
  span: { from: string; to: string; stepHours: number },
  position: number | null,
  signal: AbortSignal,
) =>
  readList<TimelineBucket>('/timeline', { validAt: null, publicAt: null, position }, signal, [
    ['from', span.from],
    ['to', span.to],
    ['stepHours', String(span.stepHours)],
  ]);
