import { existsSync, readFileSync } from 'node:fs';
import { NoticeWriter, type Fact, type Rehearsed } from '@faultline/alerts';
import { WorldReader } from '@faultline/exposures';
import { feedConfiguration, feedDescriptors, readWatches } from '@faultline/feeds';
import { ledgerSize } from '@faultline/ledger';
import { Database, PUBLIC_TENANT, SystemClock } from '@faultline/platform';
import { z } from 'zod';
import { argumentsOf, openPlace, PLACE_OPTIONS, ROOT, serviceUrls } from './place.js';
import { UsageError } from './usage.js';

/** An incident as the API gives it, or as somebody writes it down to ask. */
const incidentSchema = z.object({
  id: z.string().default('supposed'),
  title: z.string().default('A supposed incident'),
  lifecycle: z.string().default('unfolding'),
  regionIds: z.array(z.string().max(80)).min(1).max(500),
});
const fileSchema = z.union([z.object({ data: incidentSchema }).transform(({ data }) => data), incidentSchema]);

interface Asked {
  readonly id: string;
  readonly regionIds: readonly string[];
  readonly supposed: readonly Fact[];
}

/**
 * `faultline routes --incident ID|FILE`: who would be told of it now, by which stage's reason. Sends and keeps nothing.
 * Exit 0 where the incident is known or was read, 1 where there is none of that id.
 */
export async function runRoutes(args: string[]): Promise<number> {
  const { values } = argumentsOf('routes', args, { ...PLACE_OPTIONS, incident: { type: 'string' } });
  const given = values.incident;
  if (given === undefined) throw new UsageError('faultline routes: wanted --incident with an id, or a file of one');
  const fromFile = existsSync(given) ? readIncident(given) : undefined;
  const place = await openPlace(values, () => undefined);
  const database = new Database(serviceUrls(place), 2);
  try {
    await database.requireSchema('sequencer');
    const now = new SystemClock().now();
    const reader = new WorldReader(feedDescriptors(feedConfiguration(place.config)), readWatches(ROOT));
    const writer = new NoticeWriter(reader);
    const scope = { tenantId: PUBLIC_TENANT, actor: 'routes' };
    const rehearsed = await database.transaction('sequencer', scope, 'read', async (tx) => {
      const coordinates = { validAt: now, publicAt: now, position: await ledgerSize(tx) };
      const asked =
        fromFile ?? (await incidentAt(async () => (await reader.at(tx, coordinates)).world.view.incidents, given));
      return asked && (await writer.rehearse(tx, asked, coordinates));
    });
    if (!rehearsed) {
      process.stderr.write(`faultline routes: no incident ${given.slice(0, 80)}, and no file of that name\n`);
      return 1;
    }
    if (rehearsed.length === 0)
      process.stdout.write('Nobody: there is no subscription, or the incident names no cloud region.\n');
    for (const one of rehearsed) process.stdout.write(`${lineOf(one)}\n`);
    return 0;
  } finally {
    await database.close();
    await place.stop();
  }
}

async function incidentAt(
  read: () => Promise<readonly { readonly id: string; readonly regionIds: readonly string[] }[]>,
  id: string,
): Promise<Asked | undefined> {
  const found = (await read()).find((incident) => incident.id === id);
  return found && { id, regionIds: found.regionIds, supposed: [] };
}

function readIncident(file: string): Asked {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`faultline routes: ${file} is no JSON file that can be read`);
  }
  const read = fileSchema.safeParse(json);
  if (!read.success)
    throw new UsageError(`faultline routes: ${file}: wanted an incident with regionIds, a list of cloud regions`);
  const { id, title, lifecycle, regionIds } = read.data;
  const value = lifecycle === 'unfolding' || lifecycle === 'ongoing' ? 'open' : lifecycle;
  const claim = {
    ...{ id: 'supposed', source: 'the file', sourceClass: 'analyst', grade: 'F', byOperator: false },
    ...{ publishedAt: null, status: 'reported' as const, text: title, news: true },
  };
  return {
    id,
    regionIds,
    supposed: [{ key: `incident ${id}`, kind: 'lifecycle', subject: title, value, words: value, claims: [claim] }],
  };
}

function lineOf({ subscription, regionId, steps, toldBefore }: Rehearsed): string {
  const last = steps.at(-1)!;
  const who = `${subscription.title} (${subscription.tenantId}, ${subscription.id})`;
  const verdict = last.outcome === 'passed' ? 'would be told' : 'not told';
  const reasons = steps.map(({ stage, reason }) => `${stage}: ${reason}`).join(' | ');
  return `${verdict}  ${who}  ${regionId}  ${reasons}${toldBefore === null ? '' : ` | told before by notice ${toldBefore}`}`;
}
