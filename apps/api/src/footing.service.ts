import { Injectable } from '@nestjs/common';
import { challengesIn, type AsOfQuestion, type Claim } from '@faultline/evidence';
import type { WorldAt } from '@faultline/exposures';
import { footingOf, type Footing } from '@faultline/places';
import { pageOf, type ListQuestion } from './http/page.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';
import {
  cableView,
  chokepointView,
  facilityView,
  landingView,
  operatorPage,
  pairViews,
  partitionView,
  regionPage,
  supplyView,
  type FootingContext,
  type Shown,
} from './views/footing.view.js';

type One<V> = (id: string, context: FootingContext) => Shown<V> | undefined;
type Ids = (context: FootingContext) => Iterable<string>;

/** Cables, passages, supplies and pairs of regions: what cloud regions rest on. */
@Injectable()
export class FootingService {
  /** What was projected of a world stays right for as long as that world is kept. */
  private readonly footings = new WeakMap<WorldAt, Footing>();

  constructor(private readonly reader: Reader) {}

  readonly cables = this.kind('cable', ({ footing }) => footing.cables.keys(), cableView);
  readonly landings = this.kind('landing point', ({ footing }) => footing.landings.keys(), landingView);
  readonly chokepoints = this.kind('chokepoint', ({ footing }) => footing.chokepoints.keys(), chokepointView);
  readonly facilities = this.kind('facility', ({ footing }) => footing.facilities.keys(), facilityView);
  readonly supplies = this.kind('supply', ({ footing }) => footing.supplies.keys(), supplyView);
  readonly operators = this.kind(
    'operator',
    ({ places }) => places.operators.keys(),
    (id, context) => {
      const operator = context.places.operators.get(id);
      return operator && operatorPage(operator, context);
    },
  );
  readonly partitions = this.kind(
    'partition',
    ({ places }) => [...places.partitions.keys()].sort(),
    (id, context) => {
      const partition = context.places.partitions.get(id);
      return partition && partitionView(partition, context);
    },
  );
  readonly regions = this.kind(
    'cloud region',
    ({ places }) => places.regions.keys(),
    (id, context) => {
      const region = context.places.regions.get(id);
      return region && regionPage(region, context);
    },
  );

  pairs(question: ListQuestion) {
    return this.page(question, pairViews);
  }

  private kind<V extends { id: string }>(name: string, idsOf: Ids, one: One<V>) {
    return {
      list: (question: ListQuestion) =>
        this.page(question, (context) =>
          [...idsOf(context)].flatMap((id) => {
            const shown = one(id, context);
            return shown ? [{ ...shown, view: { ...shown.view, claims: undefined } }] : [];
          }),
        ),
      one: (id: string, question: AsOfQuestion) =>
        this.reader.read(question, (at) => {
          const shown = one(id, this.context(at));
          if (!shown) throw notFound(name, id);
          return { data: shown.view, claims: [...new Set(shown.claims)] };
        }),
    };
  }

  private async page<V extends { id: string }>(
    question: ListQuestion,
    rows: (context: FootingContext) => readonly Shown<V>[],
  ) {
    const { data, coordinates } = await this.reader.read(question, (at) => {
      const { page, next } = pageOf(rows(this.context(at)), question, ({ view }) => view.id);
      const claims = new Set<Claim>(page.flatMap((shown) => shown.claims));
      return { data: { rows: page.map(({ view }) => view), next }, claims: [...claims] };
    });
    return { data: data.rows, next: data.next, coordinates };
  }

  private context(at: WorldAt): FootingContext {
    const { coordinates, view, places } = at.world;
    const footing = this.footings.get(at) ?? footingOf(view.visible, coordinates);
    this.footings.set(at, footing);
    return {
      footing,
      places,
      claims: {
        coordinates,
        cadenceOf: (feedId) => this.reader.cadenceOf(feedId),
        challenges: challengesIn(view.visible),
      },
    };
  }
}
