import { Injectable } from '@nestjs/common';
import type { Actor } from '@faultline/access';
import { addScoreRun, scoredOf, scoreRun, scoreRuns, type Scored } from '@faultline/exposures';
import { Database, type Tx } from '@faultline/platform';
import type { z } from 'zod';
import type { ScoreRunBody } from './dto/score-runs.js';
import { ProblemException } from './http/problem.filter.js';
import { notFound } from './places.service.js';
import { Reader } from './reader.js';
import { exposureAt } from './subjects.service.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_LISTED = 500;
const COMPARED = ['modelVersion', 'parameterHash', 'inputHash', 'resultHash'] as const;

/** Scores recorded for the caller's own tenant, to be compared with what the same question gives later. */
@Injectable()
export class ScoreRunsService {
  constructor(
    private readonly database: Database,
    private readonly reader: Reader,
  ) {}

  async record(actor: Actor, { regionId, asOf, position }: z.infer<typeof ScoreRunBody>) {
    const scored = await this.scored(regionId, {
      ...(asOf === undefined ? {} : { asOf }),
      ...(position === undefined ? {} : { position: String(position) }),
    });
    return { data: await this.own(actor, 'write', (tx) => addScoreRun(tx, scored)) };
  }

  async list(actor: Actor, regionId: string | undefined) {
    return { data: await this.own(actor, 'read', (tx) => scoreRuns(tx, regionId, MOST_LISTED)) };
  }

  /** Asks the question of a run again and says what is not the same. */
  async check(actor: Actor, runId: string) {
    if (!UUID.test(runId)) {
      const got = JSON.stringify(runId.slice(0, 80));
      throw new ProblemException(400, 'id.format', `got ${got}, wanted a UUID in lower case`);
    }
    const run = await this.own(actor, 'read', (tx) => scoreRun(tx, runId));
    if (!run) throw notFound('score run', runId);
    const again = await this.scored(run.regionId, { asOf: run.asOf, position: String(run.position) });
    const differs = COMPARED.filter((field) => run[field] !== again[field]);
    return { data: { run, again, same: differs.length === 0, differs } };
  }

  private async scored(regionId: string, question: Parameters<Reader['readScored']>[0]): Promise<Scored> {
    const { data } = await this.reader.readScored(question, (at) => ({
      data: scoredOf(exposureAt(at, regionId), at.world.coordinates),
      claims: [],
    }));
    return data;
  }

  private own<T>(actor: Actor, mode: 'read' | 'write', use: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction('app', { tenantId: actor.tenantId, actor: actor.label }, mode, use);
  }
}
