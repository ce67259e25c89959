import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import {
  ConfigError,
  migrate,
  readConfig,
  roleUrls,
  startEmbeddedPostgres,
  type Config,
  type RoleUrls,
} from '@faultline/platform';
import { UsageError } from './usage.js';

/** Of the project, from the built file as from the source. */
export const ROOT = path.resolve(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../../..' : '../../../..',
);

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
export function argumentsOf<O extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: O,
  positionals = false,
) {
  try {
    return parseArgs({ args, options, allowPositionals: positionals, strict: true });
  } catch (error) {
    throw new UsageError(
      `faultline ${command}: ${(error as Error).message.split('\n')[0]}; \`faultline help\` lists what is wanted`,
    );
  }
}

/** Makes the data directory where there is none; the database server's own user must be able to pass it. */
export function makeDirectory(dataDir: string): void {
  if (existsSync(dataDir)) return;
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o755);
}

/** Addresses of the service roles: as given one by one, or derived from the owner's. */
export function serviceUrls({ config, ownerUrl }: Pick<Place, 'config' | 'ownerUrl'>): RoleUrls {
  return roleUrls(ownerUrl, {
    app: config.DATABASE_URL_APP,
    feed: config.DATABASE_URL_FEED,
    sequencer: config.DATABASE_URL_SEQUENCER,
  });
}

/** Brings the database to this build's schema, its service roles to the passwords of their addresses. */
export function migratePlace(place: Place): Promise<string[]> {
  const passwordOf = (url: string) => decodeURIComponent(new URL(url).password);
  const urls = serviceUrls(place);
  return migrate(place.ownerUrl, {
    app: passwordOf(urls.app),
    feed: passwordOf(urls.feed),
    sequencer: passwordOf(urls.sequencer),
  });
}

/** Opens the data directory and its database: the running embedded server, one started for this command, or the operator's. */
export async function openPlace(
  options: { data?: string | undefined; database?: string | undefined },
  say: (line: string) => void,
): Promise<Place> {
  const config = readConfig({
    ...process.env,
    ...(options.data === undefined ? {} : { FAULTLINE_DATA: options.data }),
    ...(options.database === undefined ? {} : { DATABASE_URL: options.database }),
  });
  const dataDir = path.resolve(config.FAULTLINE_DATA);
  if (config.DATABASE_URL) return { config, dataDir, ownerUrl: config.DATABASE_URL, stop: () => Promise.resolve() };
  makeDirectory(dataDir);
  const server = await startEmbeddedPostgres({ dir: dataDir, database: 'faultline' }).catch((error: unknown) => {
    throw new ConfigError((error as Error).message);
  });
  say(`PostgreSQL ${server.version} ${server.adopted ? 'found running' : 'started'} on port ${server.port}`);
  return { config, dataDir, ownerUrl: server.url, stop: async () => void (await server.stop()) };
}
