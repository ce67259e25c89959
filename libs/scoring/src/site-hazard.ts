import { CircleBuckets } from '@faultline/geo';
import type { Circle } from '@faultline/geo';
import { framesOf, placeIncident } from './hazard-incident.js';
import type { HazardIncident, HazardRules, PlacedIncident } from './hazard-incident.js';
import type { DecayClass, DecayFrame } from './decay-class.js';
import { QUANTUM, SUM_LIMIT } from './site-kernel.js';
import { addNear, nearContribution, newRuns } from './site-walk.js';
import type { Sites } from './sites.js';

/** What one incident adds to a site's hazard now. */
export interface HazardContribution {
  readonly incidentId: string;
  /** Severity-3 equivalents, a whole number of quanta. */
  readonly equivalents: number;
}

/** A share of the incidents, summed elsewhere (in another thread): plain values, ready to be sent. */
export interface HazardPart {
  readonly incidents: readonly HazardIncident[];
  /** By decay class and position. */
  readonly nearSums: readonly Float64Array[];
  /** By decay class and theatre. */
  readonly theatreSums: readonly Float64Array[];
}

/**
 * Hazard at many sites: for each site the decayed sum of what every incident is worth there, in severity-3 equivalents
 * (the trigger of the scoring model, for places that are not zones and are not named as targets).
 *
 * The state is one sum per site and decay class. Every contribution is a whole number of quanta, so the sums are exact
 * (see `site-kernel`): `put` and `remove` touch the sites near one incident and leave, bit for bit, what a new
 * `SiteHazard` of the same incidents and clocks would hold, in any order and however the incidents were split. Nothing
 * is stored per pair; `explain` works a site's contributions out again.
 */
export class SiteHazard {
  private frames: readonly DecayFrame[];
  private readonly nearSums: Float64Array[];
  private readonly theatreSums: Float64Array[];
  private readonly slotById = new Map<string, number>();
  /** Every state an incident had since the last tidying; undefined for one that is no more. */
  private slots: (PlacedIncident | undefined)[] = [];
  /** The slots of the incidents by where they add anything; one that bears on a theatre has a circle without end. */
  private buckets = new CircleBuckets();
  /** Four columns by slot: the circle's centre and its squared chord, to pass over the others in a cell at a glance. */
  private circles = new Float64Array(4 * 64);
  /** By decay class: no incident in it is dated later. */
  private readonly latestDays: Float64Array;
  private readonly runs = newRuns();

  /** @throws RangeError for incidents that are faulty, share an id, or would pass the limit of exact sums */
  constructor(
    readonly sites: Sites,
    readonly rules: HazardRules,
    classes: readonly DecayClass[],
    incidents: Iterable<HazardIncident> = [],
  ) {
    if (!(rules.d0Km > 0 && rules.theatreShare >= 0 && rules.theatreShare <= 1 && !((rules.reachKm ?? 0) < 0))) {
      throw new RangeError(`SiteHazard: got rules ${JSON.stringify(rules)}, wanted d0Km > 0, a share, reachKm ≥ 0`);
    }
    this.frames = framesOf(classes);
    this.latestDays = new Float64Array(classes.length).fill(Number.NEGATIVE_INFINITY);
    this.nearSums = classes.map(() => new Float64Array(sites.count));
    this.theatreSums = classes.map(() => new Float64Array(sites.theatreCount));
    for (const incident of incidents) {
      if (this.slotById.has(incident.id)) {
        throw new RangeError(`SiteHazard: got incident ${JSON.stringify(incident.id)} twice, wanted each once`);
      }
      this.put(incident);
    }
  }

  get incidentCount(): number {
    return this.slotById.size;
  }

  /** The clock of each decay class, days since the Unix epoch. */
  get clockDays(): readonly number[] {
    return this.frames.map(({ clockDay }) => clockDay);
  }

  /** Adds an incident, or replaces the one with its id. On a refusal nothing has changed. @throws RangeError */
  put(incident: HazardIncident): void {
    const placed = placeIncident(incident, this.sites, this.rules, this.frames);
    const slot = this.slotById.get(incident.id);
    const before = slot === undefined ? undefined : this.slots[slot];
    if (before !== undefined) this.add(before, -1);
    if (!this.add(placed, 1)) {
      this.add(placed, -1);
      if (before !== undefined) this.add(before, 1);
      throw tooMuch(incident.id);
    }
    this.keep(placed);
  }

  /** Takes an incident away. @returns false where there was none with this id */
  remove(incidentId: string): boolean {
    const slot = this.slotById.get(incidentId);
    const placed = slot === undefined ? undefined : this.slots[slot];
    if (slot === undefined || placed === undefined) return false;
    this.add(placed, -1);
    this.slotById.delete(incidentId);
    this.bury(slot);
    return true;
  }

  /**
   * Sets a class's clock. Within a half-life of the class this changes one factor, and the sums of incidents dated
   * after the clock; beyond it the class is summed anew from its new epoch. On a refusal nothing has changed.
   *
   * @throws RangeError for a class there is not, a clock that is not finite, or sums past the limit
   */
  advance(decayClass: number, clockDay: number): void {
    const before = this.frames[decayClass];
    if (before === undefined) {
      throw new RangeError(`SiteHazard: got decay class ${decayClass}, wanted one of ${this.frames.length}`);
    }
    const [after] = framesOf([{ halfLifeDays: before.halfLifeDays, clockDay }]);
    if (after === undefined) return;
    const frames = this.frames.with(decayClass, after);
    const isAnew = after.epochDay !== before.epochDay;
    const settledDay = isAnew ? Number.NEGATIVE_INFINITY : Math.min(before.clockDay, clockDay);
    if ((this.latestDays[decayClass] ?? NaN) <= settledDay) {
      this.frames = frames;
      return;
    }
    const near = this.nearSums[decayClass] ?? new Float64Array();
    const theatre = this.theatreSums[decayClass] ?? new Float64Array();
    const newNear = isAnew ? new Float64Array(near.length) : near;
    const newTheatre = isAnew ? new Float64Array(theatre.length) : theatre;
    const moved: [PlacedIncident, PlacedIncident][] = [];
    let isWithin = true;
    for (const placed of this.slots) {
      if (placed?.incident.decayClass !== decayClass || placed.incident.occurredDay <= settledDay) continue;
      const again = placeIncident(placed.incident, this.sites, this.rules, frames);
      if (!isAnew) this.addTo(placed, -1, newNear, newTheatre);
      isWithin = this.addTo(again, 1, newNear, newTheatre) && isWithin;
      moved.push([placed, again]);
      if (!isWithin) break;
    }
    if (!isWithin) {
      if (!isAnew) {
        for (const [placed, again] of moved) {
          this.addTo(again, -1, near, theatre);
          this.addTo(placed, 1, near, theatre);
        }
      }
      throw tooMuch(moved.at(-1)?.[0].incident.id ?? '');
    }
    this.frames = frames;
    this.nearSums[decayClass] = newNear;
    this.theatreSums[decayClass] = newTheatre;
    for (const [, again] of moved) this.keep(again);
  }

  /** The hazard at one site now, severity-3 equivalents. @throws RangeError for a site there is not */
  hazardAt(site: number): number {
    return this.readAt(this.sites.positionOf(site));
  }

  /** The hazard at every site now, by the caller's index. */
  hazards(into: Float64Array = new Float64Array(this.sites.count)): Float64Array {
    const { indexAt, count } = this.sites.index;
    for (let position = 0; position < count; position++) into[indexAt[position] ?? 0] = this.readAt(position);
    return into;
  }

  /**
   * What each incident adds to a site's hazard now, the greatest first. Their sum is the hazard, bit for bit and in any
   * order, while it is below 8192: each is the difference of two running sums in whole quanta, and so within a quantum
   * of its own worth.
   */
  explain(site: number): readonly HazardContribution[] {
    const position = this.sites.positionOf(site);
    const { x, y, z } = this.sites.index;
    const theatre = this.sites.theatre?.[position];
    const byClass = this.frames.map((): { incidentId: string; equivalents: number }[] => []);
    for (const slots of this.buckets.near([x[position] ?? 0, y[position] ?? 0, z[position] ?? 0])) {
      for (const slot of slots) {
        if (!this.isInCircle(slot, position)) continue;
        const placed = this.slots[slot];
        if (placed === undefined) continue;
        const { id: incidentId, decayClass, standoffTheatre } = placed.incident;
        const isInTheatre = placed.theatreAmount > 0 && theatre === standoffTheatre;
        const near = nearContribution(placed, position, this.sites, this.rules);
        const equivalents = isInTheatre ? near + placed.theatreAmount : near;
        if (equivalents > 0) byClass[decayClass]?.push({ incidentId, equivalents });
      }
    }
    let hazard = 0;
    let told = 0;
    for (const [decayClass, found] of byClass.entries()) {
      // Sums in the same steps as `readAt`, which so ends at the same bits.
      sortGreatestFirst(found);
      const before = hazard;
      let ofClass = 0;
      for (const entry of found) {
        ofClass += entry.equivalents;
        hazard = before + ofClass * (this.frames[decayClass]?.sinceEpoch ?? 0);
        const whole = wholeQuanta(hazard);
        entry.equivalents = whole - told;
        told = whole;
      }
    }
    const all = byClass.length === 1 ? (byClass[0] ?? []) : byClass.flat();
    sortGreatestFirst(all);
    return all;
  }

  /** The incidents and their sums, to be absorbed by another of the same sites, rules and clocks. */
  part(): HazardPart {
    return {
      incidents: this.slots.flatMap((placed) => (placed === undefined ? [] : [placed.incident])),
      nearSums: this.nearSums,
      theatreSums: this.theatreSums,
    };
  }

  /**
   * Takes over incidents that were summed elsewhere, at the same sites, rules and clocks.
   *
   * @throws RangeError where a part does not fit, an id is known already, or the sums pass the limit; changes nothing
   */
  absorb(part: HazardPart): void {
    const sums = [...this.nearSums, ...this.theatreSums];
    const added = [...part.nearSums, ...part.theatreSums];
    const fits = part.nearSums.length === this.nearSums.length && added.length === sums.length;
    if (!fits || sums.some((own, at) => own.length !== added[at]?.length)) {
      throw new RangeError('SiteHazard: got a part of other sites or classes, wanted one of the same');
    }
    const known = part.incidents.find(({ id }) => this.slotById.has(id));
    if (known !== undefined) throw new RangeError(`SiteHazard: got incident ${JSON.stringify(known.id)} twice`);
    const placed = part.incidents.map((incident) => placeIncident(incident, this.sites, this.rules, this.frames));
    const plus = sums.map((own, at) => own.map((value, entry) => value + (added[at]?.[entry] ?? 0)));
    if (plus.some((column) => column.some((value) => value >= SUM_LIMIT))) throw tooMuch('of a part');
    plus.forEach((column, at) => sums[at]?.set(column));
    for (const incident of placed) this.keep(incident);
  }

  private add(placed: PlacedIncident, sign: 1 | -1): boolean {
    const { decayClass } = placed.incident;
    const near = this.nearSums[decayClass];
    const theatre = this.theatreSums[decayClass];
    return near !== undefined && theatre !== undefined && this.addTo(placed, sign, near, theatre);
  }

  /** @returns whether all sums stay below the limit up to which they are exact */
  private addTo(placed: PlacedIncident, sign: 1 | -1, near: Float64Array, theatre: Float64Array): boolean {
    const greatest = addNear(placed, sign, near, this.sites, this.rules, this.runs);
    const { standoffTheatre } = placed.incident;
    if (placed.theatreAmount === 0 || standoffTheatre === undefined) return greatest < SUM_LIMIT;
    const sum = (theatre[standoffTheatre] ?? 0) + sign * placed.theatreAmount;
    theatre[standoffTheatre] = sum;
    return Math.max(greatest, sum) < SUM_LIMIT;
  }

  /** Notes an incident's state, in place of the one before. Old states are only buried, and cleared away in bulk. */
  private keep(placed: PlacedIncident): void {
    const known = this.slotById.get(placed.incident.id);
    const before = known === undefined ? undefined : this.slots[known];
    if (known !== undefined && before !== undefined && isWithin(placed, before)) {
      this.note(known, placed);
      return;
    }
    if (known !== undefined) this.bury(known);
    if (this.slots.length > 2 * this.slotById.size + 1_000) this.tidy();
    const slot = this.slots.length;
    this.buckets.add(slot, circleOf(placed));
    if ((slot + 1) * 4 > this.circles.length) {
      const grown = new Float64Array(this.circles.length * 2);
      grown.set(this.circles);
      this.circles = grown;
    }
    this.note(slot, placed);
  }

  private note(slot: number, placed: PlacedIncident): void {
    this.circles.set(placed.centre, slot * 4);
    this.circles[slot * 4 + 3] = placed.theatreAmount > 0 ? Number.POSITIVE_INFINITY : placed.chordLimit;
    const { id, decayClass, occurredDay } = placed.incident;
    this.slots[slot] = placed;
    this.slotById.set(id, slot);
    this.latestDays[decayClass] = Math.max(this.latestDays[decayClass] ?? NaN, occurredDay);
  }

  private bury(slot: number): void {
    this.slots[slot] = undefined;
    this.circles[slot * 4 + 3] = -1;
  }

  private tidy(): void {
    const living = this.slots.filter((placed) => placed !== undefined);
    this.slots = [];
    this.slotById.clear();
    this.buckets = new CircleBuckets();
    for (const placed of living) this.keep(placed);
  }

  private isInCircle(slot: number, position: number): boolean {
    const { circles } = this;
    const { x, y, z } = this.sites.index;
    const dx = (x[position] ?? 0) - (circles[slot * 4] ?? 0);
    const dy = (y[position] ?? 0) - (circles[slot * 4 + 1] ?? 0);
    const dz = (z[position] ?? 0) - (circles[slot * 4 + 2] ?? 0);
    return dx * dx + dy * dy + dz * dz <= (circles[slot * 4 + 3] ?? -1);
  }

  private readAt(position: number): number {
    const theatre = this.sites.theatre?.[position];
    let hazard = 0;
    for (let decayClass = 0; decayClass < this.frames.length; decayClass++) {
      const near = this.nearSums[decayClass]?.[position] ?? 0;
      const sum = theatre === undefined ? near : near + (this.theatreSums[decayClass]?.[theatre] ?? 0);
      hazard += sum * (this.frames[decayClass]?.sinceEpoch ?? 0);
    }
    return wholeQuanta(hazard);
  }
}

function circleOf({ lonDegrees, latDegrees, radiusKm, theatreAmount }: PlacedIncident): Circle {
  return { lonDegrees, latDegrees, radiusKm: theatreAmount > 0 ? Number.POSITIVE_INFINITY : radiusKm };
}

/** True where an incident adds nothing at places where it added nothing before. */
function isWithin(after: PlacedIncident, before: PlacedIncident): boolean {
  const [a, b] = [circleOf(after), circleOf(before)];
  return a.radiusKm <= b.radiusKm && a.lonDegrees === b.lonDegrees && a.latDegrees === b.latDegrees;
}

function isGreater(a: HazardContribution, b: HazardContribution): boolean {
  return a.equivalents > b.equivalents || (a.equivalents === b.equivalents && a.incidentId < b.incidentId);
}

/** Gaps for sorting by Shell's method (Ciura 2001). */
const gaps = [701, 301, 132, 57, 23, 10, 4, 1];

/** Sorts the greatest first. A few hundred are sorted in place, without the calls that `sort` makes back to us. */
function sortGreatestFirst(entries: HazardContribution[]): void {
  if (entries.length > 2_000) {
    entries.sort((a, b) => (isGreater(a, b) ? -1 : 1));
    return;
  }
  for (const gap of gaps) {
    for (let at = gap; at < entries.length; at++) {
      const entry = entries[at];
      let to = at;
      for (let before = entries[to - gap]; entry !== undefined && before !== undefined; before = entries[to - gap]) {
        if (!isGreater(entry, before)) break;
        entries[to] = before;
        to -= gap;
        if (to < gap) break;
      }
      if (entry !== undefined) entries[to] = entry;
    }
  }
}

/** To whole quanta, exact for any value below 2¹³ that is not halfway between two. */
function wholeQuanta(value: number): number {
  return Math.round(value / QUANTUM) * QUANTUM;
}

function tooMuch(incidentId: string): RangeError {
  return new RangeError(
    `SiteHazard: got more than ${SUM_LIMIT} severity-3 equivalents at one site with incident ` +
      `${JSON.stringify(incidentId)}, wanted less, which is as far as sums are exact`,
  );
}
