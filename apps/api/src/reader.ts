import { Inject, Injectable } from '@nestjs/common';
import {
  basisOf,
  recordedAtOf,
  resolveCoordinates,
  AsOfError,
  tlpOf,
  type Basis,
  type Claim,
  type Coordinates,
  type Tlp,
} from '@faultline/evidence';
import { WorldReader, type WorldAt } from '@faultline/exposures';
import { ledgerSize, ledgerSizeAt } from '@faultline/ledger';
import { CLOCK, Database, type Clock, type Tx } from '@faultline/platform';
import { Callers } from './http/caller.js';

type Question = Parameters<typeof recordedAtOf>[0];

/** What a use case answers: the data, and the claims it rests on. */
export interface Rested<T> {
  readonly data: T;
  readonly claims: readonly Claim[];
  /** True where a tenant's own rows are in it: its label is TLP:AMBER at least. */
  readonly own?: boolean;
}

export type Answered<T> = { data: T; coordinates: Coordinates & Basis & { tlp: Tlp } };

/** What a tenant wrote is for those of the tenant who need it, unless it says otherwise. */
const OWN: { readonly tlp: Tlp } = { tlp: 'TLP:AMBER' };

/** Opens the world at the coordinates of a question, as its caller may know it, and puts on every answer the coordinates it was read at. */
@Injectable()
export class Reader {
  constructor(
    private readonly database: Database,
    private readonly callers: Callers,
    private readonly worlds: WorldReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read<T>(
    question: Question,
    answer: (at: WorldAt, tx: Tx) => Rested<T> | Promise<Rested<T>>,
  ): Promise<Answered<T>> {
    return this.database.transaction('app', this.callers.scope(), 'read', async (tx) => {
      const recordedAt = recordedAtOf(question);
      const size = recordedAt === undefined ? await ledgerSize(tx) : await ledgerSizeAt(tx, recordedAt);
      const coordinates = resolveCoordinates(question, this.clock.now(), size);
      const at = await this.worlds.at(tx, coordinates);
      const { data, claims, own = false } = await answer(at, tx);
      const basis = basisOf(claims, (feedId) => this.cadenceOf(feedId));
      const tlp = tlpOf(own ? [...claims, OWN] : claims);
      return { data, coordinates: { ...coordinates, ...basis, tlp } };
    });
  }

  /** As `read`, for answers that hold a score: those have one instant. */
  async readScored<T>(
    question: Question,
    answer: (at: WorldAt, tx: Tx) => Rested<T> | Promise<Rested<T>>,
  ): Promise<Answered<T>> {
    return this.read(question, (at, tx) => {
      const { validAt, publicAt } = at.world.coordinates;
      if (validAt !== publicAt) {
        throw new AsOfError(
          'asof.apart',
          'publicAt',
          `got validAt ${validAt} and publicAt ${publicAt}: a score has one instant, give asOf`,
        );
      }
      return answer(at, tx);
    });
  }

  cadenceOf(feedId: string): number {
    return this.worlds.feeds.find((feed) => feed.id === feedId)?.cadenceSeconds ?? 0;
  }
}
