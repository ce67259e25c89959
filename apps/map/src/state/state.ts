import type { Asked, ListAnswer, SingleAnswer } from '../api/client.js';
import type { SignInWays } from '../api/account.js';
import type { Session } from '../api/desk.js';
import type { Cut } from '../api/portfolio.js';
import type {
  Asset,
  BlastRadius,
  Claim,
  CloudRegionPage,
  Coverage,
  Entity,
  EntitySummary,
  Exposure,
  ExposureSummary,
  Feed,
  Incident,
  IncidentSummary,
  Kinship,
  PlacedPortfolioRevision,
  Portfolio,
  TimelineBucket,
} from '../api/types.js';
import type { Entering } from './account.js';
import { NO_FILTER } from './order.js';
import type { Filter } from './order.js';
import { EMPTY_PORTFOLIO } from './portfolio.js';
import type { PortfolioDesk } from './portfolio.js';
import { IDLE } from './read.js';
import type { Read } from './read.js';
import { spanHolding } from './time.js';
import type { SpanChoice } from './time.js';
import { EMPTY_DESK } from './writing.js';
import type { Desk } from './writing.js';

export interface Selection {
  readonly kind: 'region' | 'incident';
  readonly id: string;
}

export interface MapView {
  readonly lat: number;
  readonly lon: number;
  readonly zoom: number;
}

export type Tab = 'regions' | 'incidents' | 'legend';

export const PAGES = ['map', 'portfolio', 'entities', 'desk', 'feeds', 'sign-in'] as const;
export type Page = (typeof PAGES)[number];

/** Everything a link carries. */
export interface Address {
  readonly page: Page;
  /** Of the page of entities: which entity, cloud region, operator or incident it is about; null for all of them. */
  readonly subject: string | null;
  readonly asked: Asked;
  readonly selection: Selection | null;
  readonly view: MapView | null;
  readonly tab: Tab;
  readonly filter: Filter;
  /** The section of the panel a link points into. */
  readonly section: string | null;
}

export interface Reads {
  readonly exposures: Read<ListAnswer<ExposureSummary>>;
  readonly incidents: Read<ListAnswer<IncidentSummary>>;
  readonly exposure: Read<SingleAnswer<Exposure>>;
  readonly footing: Read<SingleAnswer<CloudRegionPage>>;
  readonly incident: Read<SingleAnswer<Incident>>;
  readonly timeline: Read<ListAnswer<TimelineBucket>>;
  readonly feeds: Read<ListAnswer<Feed>>;
  readonly coverage: Read<ListAnswer<Coverage>>;
  readonly kinships: Read<ListAnswer<Kinship>>;
  readonly deskClaims: Read<ListAnswer<Claim>>;
  readonly session: Read<Session>;
  readonly ways: Read<SignInWays>;
  readonly portfolio: Read<SingleAnswer<Portfolio>>;
  readonly assets: Read<Cut<Asset>>;
  readonly revisions: Read<Cut<PlacedPortfolioRevision>>;
  readonly entities: Read<ListAnswer<EntitySummary>>;
  readonly entity: Read<SingleAnswer<Entity>>;
  readonly radiusDown: Read<SingleAnswer<BlastRadius>>;
  readonly radiusUp: Read<SingleAnswer<BlastRadius>>;
}
export type ReadName = keyof Reads;

export interface State {
  readonly address: Address;
  readonly reads: Reads;
  readonly span: SpanChoice;
  readonly playing: boolean;
  /** The moment "now" stood for when it was last looked at, in milliseconds. */
  readonly nowMs: number;
  /** Grows with every wish to ask again at the same coordinates. */
  readonly round: number;
  /** Whether what is being read was asked before at these coordinates, so that the last answer may stay in view. */
  readonly rereading: boolean;
  /** Grows with every need to know who is signed in; 0 while nobody has reached for anything that needs it. */
  readonly sessionRound: number;
  readonly desk: Desk;
  readonly entering: Entering;
  readonly portfolio: PortfolioDesk;
  readonly sheet: 'peek' | 'half' | 'full';
  readonly notice: string | null;
}

export const NOW_AND_HEAD: Asked = { validAt: null, publicAt: null, position: null };

export const START_ADDRESS: Address = {
  page: 'map',
  subject: null,
  asked: NOW_AND_HEAD,
  selection: null,
  view: null,
  tab: 'regions',
  filter: NO_FILTER,
  section: null,
};

/** Pages on which it matters who reads. */
export const needsSession = (page: Page): boolean => page === 'desk' || page === 'portfolio' || page === 'sign-in';

export const startState = (address: Address, nowMs: number, notice: string | null): State => ({
  address,
  reads: {
    exposures: IDLE,
    incidents: IDLE,
    exposure: IDLE,
    incident: IDLE,
    timeline: IDLE,
    feeds: IDLE,
    coverage: IDLE,
    footing: IDLE,
    kinships: IDLE,
    deskClaims: IDLE,
    session: IDLE,
    ways: IDLE,
    portfolio: IDLE,
    assets: IDLE,
    revisions: IDLE,
    entities: IDLE,
    entity: IDLE,
    radiusDown: IDLE,
    radiusUp: IDLE,
  },
  span: spanHolding('march', address.asked.validAt),
  playing: false,
  nowMs,
  round: 0,
  rereading: false,
  sessionRound: needsSession(address.page) ? 1 : 0,
  desk: EMPTY_DESK,
  entering: { phase: 'idle' },
  portfolio: EMPTY_PORTFOLIO,
  sheet: 'half',
  notice,
});

/** The moment the time bar stands at, in milliseconds. */
export const momentOf = (state: State): number =>
  state.address.asked.validAt === null ? state.nowMs : Date.parse(state.address.asked.validAt);
