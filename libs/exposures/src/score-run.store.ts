import type { Coordinates } from '@faultline/evidence';
import { appendRecords, canonicalJson, derivedId, sha256, sha256Hex } from '@faultline/ledger';
import type { Tx } from '@faultline/platform';
import type { Exposure } from './model/exposure.js';

/** A score as it was recorded: the question, what it was made of, and what it came to. */
export interface ScoreRun {
  readonly runId: string;
  readonly regionId: string;
  readonly asOf: string;
  /** Ledger size it was read at. */
  readonly position: number;
  readonly outcome: string;
  readonly modelVersion: string;
  readonly parameterHash: string;
  readonly inputHash: string;
  /** SHA-256 of the whole forward answer, canonical JSON. */
  readonly resultHash: string;
  readonly likelihood: number | null;
  readonly probability30: number | null;
  readonly requestedBy: string;
  readonly recordedAt: string;
}

export type Scored = Omit<ScoreRun, 'runId' | 'requestedBy' | 'recordedAt'>;

interface Row {
  run_id: string;
  region_id: string;
  as_of: Date;
  position: string;
  outcome: string;
  model_version: string;
  parameter_hash: string;
  input_hash: string;
  result_hash: string;
  likelihood: number | null;
  probability30: number | null;
  requested_by: string;
  recorded_at: Date;
}

/** What a run of this exposure at these coordinates says. The same facts and model give the same, for ever. */
export function scoredOf({ region, ahead }: Exposure, { publicAt, position }: Coordinates): Scored {
  return {
    regionId: region.id,
    asOf: publicAt,
    position,
    outcome: ahead.outcome,
    modelVersion: ahead.modelVersion,
    parameterHash: ahead.parameterHash,
    inputHash: ahead.inputHash,
    resultHash: sha256Hex(canonicalJson(ahead)),
    likelihood: ahead.likelihood?.score ?? null,
    probability30: ahead.probabilities[0]?.pDamage ?? null,
  };
}

/** Records a run in the tenant of the transaction, once however often the same is asked, and leaves it in the ledger. */
export async function addScoreRun(tx: Tx, scored: Scored): Promise<ScoreRun> {
  const { tenantId, actor } = tx.scope;
  const runId = derivedId(sha256, 0, `score-run|${tenantId}|${canonicalJson(scored)}`);
  await tx.query(
    `INSERT INTO score_run (tenant_id, run_id, region_id, as_of, position, outcome, model_version, parameter_hash,
       input_hash, result_hash, likelihood, probability30, requested_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (tenant_id, run_id) DO NOTHING`,
    [
      tenantId,
      runId,
      scored.regionId,
      scored.asOf,
      scored.position,
      scored.outcome,
      scored.modelVersion,
      scored.parameterHash,
      scored.inputHash,
      scored.resultHash,
      scored.likelihood,
      scored.probability30,
      actor,
    ],
  );
  await appendRecords(tx, [{ recordId: runId, kind: 'score-run', content: scored }]);
  return (await scoreRun(tx, runId))!;
}

const COLUMNS = `run_id, region_id, as_of, position::text, outcome, model_version, parameter_hash, input_hash,
  result_hash, likelihood, probability30, requested_by, recorded_at`;

export async function scoreRun(tx: Tx, runId: string): Promise<ScoreRun | undefined> {
  const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM score_run WHERE tenant_id = $1 AND run_id = $2`, [
    tx.scope.tenantId,
    runId,
  ]);
  return row && runOf(row);
}

/** The runs of the transaction's tenant, the last recorded first; of one region where one is given. */
export async function scoreRuns(tx: Tx, regionId: string | undefined, most: number): Promise<ScoreRun[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM score_run WHERE tenant_id = $1 AND ($2::text IS NULL OR region_id = $2)
     ORDER BY recorded_at DESC, run_id LIMIT $3`,
    [tx.scope.tenantId, regionId ?? null, most],
  );
  return rows.map(runOf);
}

function runOf(row: Row): ScoreRun {
  return {
    runId: row.run_id,
    regionId: row.region_id,
    asOf: row.as_of.toISOString(),
    position: Number(row.position),
    outcome: row.outcome,
    modelVersion: row.model_version,
    parameterHash: row.parameter_hash,
    inputHash: row.input_hash,
    resultHash: row.result_hash,
    likelihood: row.likelihood,
    probability30: row.probability30,
    requestedBy: row.requested_by,
    recordedAt: row.recorded_at.toISOString(),
  };
}
