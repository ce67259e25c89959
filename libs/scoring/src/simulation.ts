import { fateSets, outcomeOf } from './campaign.js';
import type { Structure, ZoneSet } from './campaign.js';
import type { Parameters } from './document.js';
import { fnv1a32 } from './identity.js';
import { lossOf } from './loss.js';
import { normalQuantile } from './normal.js';
import { poissonQuantile, uniformField, uniformPairs } from './philox.js';
import type { UniformAt, UniformPairs } from './philox.js';
import { DAYS_PER_YEAR } from './rates.js';
import { lognormalFactor } from './uncertainty.js';

/** A region as a simulated year needs it. Zones, like all lists here, are in id order. */
export interface SimulatedRegion extends Structure {
  readonly id: string;
  readonly theatreId: string;
  readonly campaignsPerYear: number;
  readonly primaryShares: readonly number[];
  readonly capacityMw: number;
  readonly valuePerDayUsd: number;
  readonly ongoingUsd: number;
  readonly sigmaLocal: number;
}

export interface SimulatedChokepoint {
  readonly id: string;
  readonly ratePerYear: number;
  readonly outageDays: number;
  readonly dependents: readonly { readonly regionId: string; readonly lossShare: number }[];
}

export interface SimulatedPortfolio {
  readonly theatreIds: readonly string[];
  readonly regions: readonly SimulatedRegion[];
  readonly chokepoints: readonly SimulatedChokepoint[];
  readonly sigmaModel: number;
  readonly parameters: Parameters;
}

/** What the simulated years came to, USD. Index i of every list is year i. */
export interface SimulatedYears {
  /** Losses of the year, limited to the value at risk. */
  readonly annualUsd: Float64Array;
  /** The year's largest event. */
  readonly largestEventUsd: Float64Array;
  readonly uncappedUsd: Float64Array;
  readonly yearsWithEvents: number;
  readonly yearsCapped: number;
  /** Sum over the years of each region's limited losses, by region id. */
  readonly totalByRegion: ReadonlyMap<string, number>;
}

/** The streams of the random field. */
const streams = {
  modelError: 1,
  localError: 2,
  theatreShocks: 3,
  shockReach: 4,
  ownCampaigns: 5,
  strike: 6,
  chokepointOutages: 7,
  chokepointLoss: 8,
} as const;

/** The streams every region draws from once a year. */
const yearlyStreams = [streams.localError, streams.ownCampaigns] as const;

/** A strike uses this many draws: the primary, one for each zone, and its size. */
const drawsPerStrike = 64;
const sizeDraw = 63;

/**
 * Simulates years of campaigns, theatre-wide shocks and chokepoint outages (beta-factor split, Marshall and Olkin).
 * Every draw is addressed by year, stream, entity and number, so a further region leaves the others' draws as they
 * were, and the years may be run in any order.
 */
export function simulate(portfolio: SimulatedPortfolio, years: number, seed: number): SimulatedYears {
  const simulator = new Simulator(portfolio, uniformField(seed), uniformPairs(seed));
  const annualUsd = new Float64Array(years);
  const largestEventUsd = new Float64Array(years);
  const uncappedUsd = new Float64Array(years);
  const totals = portfolio.regions.map(() => 0);
  let yearsWithEvents = 0;
  let yearsCapped = 0;
  for (let year = 0; year < years; year++) {
    const { regions, events, largestUsd } = simulator.run(year);
    // Most years bring nothing, and nothing is what they add.
    if (events === 0) continue;
    let isCapped = false;
    let annual = 0;
    let uncapped = 0;
    regions.forEach((region, index) => {
      const limited = region.limited(region.propertyUsd, region.interruptionUsd);
      isCapped ||= region.propertyUsd > region.replacementUsd || region.interruptionUsd > region.yearOfValueUsd;
      annual += limited;
      uncapped += region.propertyUsd + region.interruptionUsd;
      totals[index] = (totals[index] ?? 0) + limited;
    });
    annualUsd[year] = annual;
    uncappedUsd[year] = uncapped;
    largestEventUsd[year] = largestUsd;
    yearsWithEvents++;
    if (isCapped) yearsCapped++;
  }
  const totalByRegion = new Map(portfolio.regions.map(({ id }, index) => [id, totals[index] ?? 0]));
  return { annualUsd, largestEventUsd, uncappedUsd, yearsWithEvents, yearsCapped, totalByRegion };
}

/**
 * Most region-years bring no strike, which a bound on the rate shows without the rate: for each step of the uniform
 * draw, the rate at the step's upper end. The margins cover all rounding, so no answer depends on the shortcut.
 */
const boundSteps = 256;
const boundMargin = 1e-9;
const probabilityMargin = 1e-12;

/** True where a Poisson number whose mean is at most this is surely 0 at this quantile, because e^−m ≥ 1 − m. */
function isSurelyNone(meanBound: number, uniform: number): boolean {
  return uniform < 1 - meanBound - probabilityMargin;
}

/** A region's losses while a year runs. */
class RegionYear {
  readonly entity: number;
  readonly replacementUsd: number;
  readonly yearOfValueUsd: number;
  readonly fates: readonly ZoneSet[];
  private readonly rateBounds: Float64Array;
  private localUniform = 0.5;
  private rate = 0;
  private isRateKnown = false;
  strikes = 0;
  propertyUsd = 0;
  interruptionUsd = 0;

  constructor(
    readonly region: SimulatedRegion,
    private readonly parameters: Parameters,
  ) {
    this.entity = fnv1a32(region.id);
    this.replacementUsd = region.capacityMw * parameters.cost_per_mw_usd;
    this.yearOfValueUsd = DAYS_PER_YEAR * region.valuePerDayUsd;
    this.fates = fateSets(region);
    this.rateBounds = Float64Array.from({ length: boundSteps }, (_, step) => {
      if (step + 1 === boundSteps) return Number.POSITIVE_INFINITY;
      const z = normalQuantile((step + 1) / boundSteps);
      return region.campaignsPerYear * lognormalFactor(region.sigmaLocal, z) * (1 + boundMargin);
    });
  }

  /** Forgets the year's losses. */
  clear(): void {
    this.strikes = 0;
    this.propertyUsd = 0;
    this.interruptionUsd = 0;
  }

  /**
   * Takes up the year's draw of what is not known about this region, and returns what its rate does not exceed before
   * the factor of the model's error.
   */
  begin(localUniform: number): number {
    this.localUniform = localUniform;
    this.isRateKnown = false;
    return this.rateBounds[(localUniform * boundSteps) | 0] ?? Number.POSITIVE_INFINITY;
  }

  /** Campaigns per year in this year. `modelLog` is the log of the factor of the model's error. */
  ratePerYear(modelLog: number): number {
    if (!this.isRateKnown) {
      const { campaignsPerYear, sigmaLocal } = this.region;
      const localZ = normalQuantile(this.localUniform);
      this.rate = campaignsPerYear * Math.exp(modelLog + sigmaLocal * localZ - sigmaLocal ** 2 / 2);
      this.isRateKnown = true;
    }
    return this.rate;
  }

  /** Nothing can cost more than rebuilding it and a year of its value. */
  limited(propertyUsd: number, interruptionUsd: number): number {
    return Math.min(propertyUsd, this.replacementUsd) + this.limitedInterruption(interruptionUsd);
  }

  limitedInterruption(interruptionUsd: number): number {
    return Math.min(interruptionUsd, this.yearOfValueUsd);
  }

  /** Adds an interruption to the year and returns it as an event's limited loss. */
  interrupt(interruptionUsd: number): number {
    this.interruptionUsd += interruptionUsd;
    return this.limitedInterruption(interruptionUsd);
  }

  /** Strikes the region once more this year and returns the event's limited loss. */
  strike(draw: (number: number) => number): number {
    const first = drawsPerStrike * this.strikes++;
    const hit = this.hitSet((number) => draw(first + number));
    const size = lognormalFactor(this.parameters.sigma_loss, normalQuantile(draw(first + sizeDraw)));
    const outcome = outcomeOf(hit, this.region, this.fates);
    const loss = lossOf(outcome, this.region.capacityMw, this.region.valuePerDayUsd, this.parameters);
    const propertyUsd = loss.propertyUsd * size;
    const interruptionUsd = loss.interruptionUsd * size;
    this.propertyUsd += propertyUsd;
    this.interruptionUsd += interruptionUsd;
    return this.limited(propertyUsd, interruptionUsd);
  }

  private hitSet(draw: (number: number) => number): ZoneSet {
    const shares = this.region.primaryShares;
    const u = draw(0);
    let cumulative = 0;
    const found = shares.findIndex((share) => u < (cumulative += share));
    const primary = found < 0 ? shares.length - 1 : found;
    return shares.reduce(
      (set, _, zone) => (zone !== primary && draw(1 + zone) < this.parameters.rho ? set | (1 << zone) : set),
      1 << primary,
    );
  }
}

interface YearOutcome {
  readonly regions: readonly RegionYear[];
  readonly events: number;
  readonly largestUsd: number;
}

class Simulator {
  private readonly regions: readonly RegionYear[];
  private readonly regionById: ReadonlyMap<string, RegionYear>;
  private readonly theatres: readonly {
    readonly entity: number;
    readonly regions: readonly RegionYear[];
    /** Where they are in the list of all. */
    readonly at: Int32Array;
  }[];
  private readonly chokepoints: readonly (SimulatedChokepoint & { readonly entity: number })[];
  private readonly ongoing: readonly RegionYear[];
  private readonly beta: number;
  private readonly entities: Uint32Array;
  private readonly localUniforms: Float64Array;
  private readonly ownUniforms: Float64Array;
  /** What each region's rate does not exceed this year. */
  private readonly rateBounds: Float64Array;
  private modelLog = 0;
  private modelBound = 0;
  private events = 0;
  private largestUsd = 0;

  constructor(
    private readonly portfolio: SimulatedPortfolio,
    private readonly uniformAt: UniformAt,
    private readonly uniformPairsOf: UniformPairs,
  ) {
    this.regions = portfolio.regions.map((region) => new RegionYear(region, portfolio.parameters));
    this.regionById = new Map(this.regions.map((state) => [state.region.id, state]));
    this.theatres = portfolio.theatreIds.map((id) => ({
      entity: fnv1a32(id),
      regions: this.regions.filter(({ region }) => region.theatreId === id),
      at: Int32Array.from(this.regions.flatMap(({ region }, at) => (region.theatreId === id ? [at] : []))),
    }));
    this.chokepoints = portfolio.chokepoints.map((point) => ({ ...point, entity: fnv1a32(point.id) }));
    this.ongoing = this.regions.filter(({ region }) => region.ongoingUsd > 0);
    this.beta = portfolio.parameters.beta_theatre;
    this.entities = Uint32Array.from(this.regions, ({ entity }) => entity);
    this.localUniforms = new Float64Array(this.regions.length);
    this.ownUniforms = new Float64Array(this.regions.length);
    this.rateBounds = new Float64Array(this.regions.length);
  }

  /** Runs one year. The outcome's regions are reused by the next one. */
  run(year: number): YearOutcome {
    if (this.events > 0) for (const state of this.regions) state.clear();
    this.events = 0;
    this.largestUsd = 0;
    const modelZ = normalQuantile(this.uniformAt(year, streams.modelError, 0, 0));
    this.beginYear(year, modelZ);
    this.carryOngoing();
    this.shockTheatres(year);
    this.strikeRegions(year);
    this.closeChokepoints(year, lognormalFactor(this.portfolio.sigmaModel, modelZ));
    return { regions: this.regions, events: this.events, largestUsd: this.largestUsd };
  }

  private record(eventUsd: number): void {
    this.events++;
    this.largestUsd = Math.max(this.largestUsd, eventUsd);
  }

  private beginYear(year: number, modelZ: number): void {
    const { sigmaModel } = this.portfolio;
    this.modelLog = sigmaModel * modelZ - sigmaModel ** 2 / 2;
    this.modelBound = Math.exp(this.modelLog) * (1 + boundMargin);
    this.uniformPairsOf(year, yearlyStreams, this.entities, [this.localUniforms, this.ownUniforms]);
    for (let at = 0; at < this.regions.length; at++) {
      const bound = this.regions[at]?.begin(this.localUniforms[at] ?? NaN) ?? NaN;
      this.rateBounds[at] = this.modelBound * bound;
    }
  }

  private carryOngoing(): void {
    for (const state of this.ongoing) this.record(state.interrupt(state.region.ongoingUsd));
  }

  private shockTheatres(year: number): void {
    for (const { entity, regions, at } of this.theatres) {
      let highestBound = 0;
      for (const index of at) highestBound = Math.max(highestBound, this.rateBounds[index] ?? NaN);
      const uniform = this.uniformAt(year, streams.theatreShocks, entity, 0);
      if (isSurelyNone(this.beta * highestBound, uniform)) continue;
      const highest = regions.reduce((rate, state) => Math.max(rate, state.ratePerYear(this.modelLog)), 0);
      const shocks = poissonQuantile(this.beta * highest, uniform);
      for (let shock = 0; shock < shocks; shock++) {
        const reach = this.uniformAt(year, streams.shockReach, entity, shock);
        const struck = regions.filter((state) => reach < state.ratePerYear(this.modelLog) / highest);
        this.record(struck.reduce((sum, state) => sum + this.strike(year, state), 0));
      }
    }
  }

  private strikeRegions(year: number): void {
    for (let at = 0; at < this.regions.length; at++) {
      const uniform = this.ownUniforms[at] ?? NaN;
      const state = this.regions[at];
      if (state === undefined || isSurelyNone((1 - this.beta) * (this.rateBounds[at] ?? NaN), uniform)) continue;
      const strikes = poissonQuantile((1 - this.beta) * state.ratePerYear(this.modelLog), uniform);
      for (let strike = 0; strike < strikes; strike++) this.record(this.strike(year, state));
    }
  }

  private strike(year: number, state: RegionYear): number {
    return state.strike((number) => this.uniformAt(year, streams.strike, state.entity, number));
  }

  private closeChokepoints(year: number, modelFactor: number): void {
    for (const { entity, ratePerYear, outageDays, dependents } of this.chokepoints) {
      const uniform = this.uniformAt(year, streams.chokepointOutages, entity, 0);
      const outages = poissonQuantile(ratePerYear * modelFactor, uniform);
      for (let outage = 0; outage < outages; outage++) {
        const z = normalQuantile(this.uniformAt(year, streams.chokepointLoss, entity, outage));
        const size = lognormalFactor(this.portfolio.parameters.sigma_loss, z);
        this.record(
          dependents.reduce((sum, { regionId, lossShare }) => {
            const state = this.regionById.get(regionId);
            if (state === undefined) return sum;
            return sum + state.interrupt(lossShare * state.region.valuePerDayUsd * outageDays * size);
          }, 0),
        );
      }
    }
  }
}
