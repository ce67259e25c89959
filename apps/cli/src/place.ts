import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError, readConfig, startEmbeddedPostgres, type Config } from '@faultline/platform';
import { UsageError } from './usage.js';

export const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** Where this installation keeps its data and its database. */
export interface Place {
  readonly config: Config;
  readonly dataDir: string;
  readonly ownerUrl: string;
  /** Stops the embedded server, unless somebody else uses it. Nothing to do for a server of the operator's. */
  readonly stop: () => Promise<void>;
}

export const PLACE_OPTIONS = {
  data: { type: 'string' },
  database: { type: 'string' },
} as const;

/** Parses a command's own arguments. @throws UsageError */
export function argumentsOf<O extends NonNullable<ParseArgsConfig['options']>>(command: string, args: string[], options: O, positionals = false) {
  try {
    return parseArgs({ args, options, allowPositionals: positionals, strict: true });
  } catch (error) {
    throw new UsageError(`faultline ${command}: ${(error as Error).message.split('\n')[0]}; \`faultline help\` lists what is wanted`);
  }
}

/** Opens the data directory and its database: the running embedded server, one started for this command, or the operator's. */
export async function openPlace(options: { data?: string | undefined; database?: string | undefined }, say: (line: string) => void): Promise<Place> {
  const config = readConfig({
    ...process.env,
    ...(options.data === undefined ? {} : { FAULTLINE_DATA: options.data }),
    ...(options.database === undefined ? {} : { DATABASE_URL: options.database }),
  });
  const dataDir = path.resolve(config.FAULTLINE_DATA);
  if (!existsSync(dataDir)) {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o755);
  }
  if (config.DATABASE_URL) return { config, dataDir, ownerUrl: config.DATABASE_URL, stop: () => Promise.resolve() };
  const server = await startEmbeddedPostgres({ dir: dataDir, database: 'faultline' }).catch((error: unknown) => {
    throw new ConfigError((error as Error).message);
  });
  say(`PostgreSQL ${server.version} ${server.adopted ? 'found running' : 'started'} on port ${server.port}`);
  return { config, dataDir, ownerUrl: server.url, stop: async () => void (await server.stop()) };
}
