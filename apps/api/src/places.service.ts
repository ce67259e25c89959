import { Injectable } from '@nestjs/common';
import type { AsOfQuestion } from '@faultline/evidence';
import type { Zone } from '@faultline/places';
import { pageOf, type ListQuestion } from './http/page.js';
import { ProblemException } from './http/problem.filter.js';
import { Reader } from './reader.js';
import { operatorView, regionView } from './views/exposure.view.js';

@Injectable()
export class PlacesService {
  constructor(private readonly reader: Reader) {}

  operators(question: ListQuestion) {
    return this.list(question, ({ world }) => {
      const { operators } = world.places;
      return [...operators.values()].map((operator) => ({
        claim: operator.claim,
        view: operatorView(operator, world.places),
      }));
    });
  }

  regions(question: ListQuestion) {
    return this.list(question, ({ world }) =>
      [...world.places.regions.values()].map((region) => ({ claim: region.claim, view: regionView(region) })),
    );
  }

  zones(question: ListQuestion) {
    return this.list(question, ({ world }) =>
      [...world.places.zones.values()].map((zone) => ({ claim: zone.region.claim, view: zoneView(zone) })),
    );
  }

  zone(zoneId: string, question: AsOfQuestion) {
    return this.reader.read(question, ({ world }) => {
      const zone = world.places.zones.get(zoneId);
      if (!zone) throw notFound('zone', zoneId);
      return { data: zoneView(zone), claims: [zone.region.claim] };
    });
  }

  private async list<V extends { id: string }>(
    question: ListQuestion,
    rows: (
      at: Parameters<Parameters<Reader['read']>[1]>[0],
    ) => { claim: Parameters<typeof regionView>[0]['claim']; view: V }[],
  ) {
    const { data, coordinates } = await this.reader.read(question, (at) => {
      const { page, next } = pageOf(rows(at), question, ({ view }) => view.id);
      return {
        data: { rows: page.map(({ view }) => view), next },
        claims: [...new Set(page.map(({ claim }) => claim))],
      };
    });
    return { data: data.rows, next: data.next, coordinates };
  }
}

export function notFound(kind: string, id: string): ProblemException {
  return new ProblemException(
    404,
    'not_found',
    `no ${kind} ${JSON.stringify(id.slice(0, 80))} is known at these coordinates`,
  );
}

function zoneView({ id, region }: Zone) {
  return {
    id,
    regionId: region.id,
    operatorId: region.operatorId,
    country: region.country,
    precisionKm: region.precisionKm,
    positionStatement: 'The operator publishes no position of this zone: somewhere in its region’s metro.',
  };
}
