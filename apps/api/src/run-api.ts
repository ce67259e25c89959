import { existsSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { feedConfiguration, feedDescriptors, readWatches } from '@faultline/feeds';
import {
  ConfigError,
  Database,
  processLog,
  readConfig,
  roleUrls,
  SchemaMismatch,
  SystemClock,
} from '@faultline/platform';
import { findSigningKey } from '@faultline/reports';
import { AppModule } from './app.module.js';
import { adapter, configure, nestLogger } from './create-app.js';
import { accessSettings } from './http/access-settings.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** The API process: refuses a wrong schema, serves until it is told to stop or its parent is gone. */
export async function runApi(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const log = processLog('api', config.FAULTLINE_LOG);
    const database = new Database(
      roleUrls(config.DATABASE_URL, {
        app: config.DATABASE_URL_APP,
        feed: config.DATABASE_URL_FEED ?? config.DATABASE_URL_APP,
        sequencer: config.DATABASE_URL_SEQUENCER ?? config.DATABASE_URL_APP,
      }),
    );
    await database.requireSchema();
    const module = AppModule.of({
      database,
      clock: new SystemClock(),
      feeds: feedDescriptors(feedConfiguration(config)),
      watches: readWatches(ROOT),
      reportSigner: findSigningKey(config.FAULTLINE_DATA),
      access: accessSettings(config),
    });
    const app = await NestFactory.create<NestFastifyApplication>(
      module,
      adapter(log, config.FAULTLINE_TRUSTED_PROXIES),
      { logger: nestLogger(log) },
    );
    await configure(app);
    await serveMap(app);
    await app.listen(config.FAULTLINE_PORT, config.FAULTLINE_HOST);
    const address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    process.send?.({ ready: address });
    log.info(`listening on ${address}`);

    let closing = false;
    const stop = () => {
      if (closing) return;
      closing = true;
      void app
        .close()
        .then(() => database.close())
        .finally(() => process.exit(0));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, stop);
  } catch (error) {
    process.stderr.write(`faultline api: ${wordsFor(error)}\n`);
    process.exit(error instanceof ConfigError || error instanceof SchemaMismatch ? ConfigError.exitCode : 1);
  }
}

/** One line for what an operator can mend, the stack for what only we can. */
function wordsFor(error: unknown): string {
  const { code, port, message, stack } = error as { code?: string; port?: number; message: string; stack?: string };
  if (code === 'EADDRINUSE') {
    return `port ${port} is taken: stop what listens there, or set FAULTLINE_PORT (or \`faultline up --port N\`) to another`;
  }
  return error instanceof ConfigError || error instanceof SchemaMismatch ? message : (stack ?? message);
}

/** @fastify/static is loaded here only: its CommonJS needs require() of ESM, which the test runner lacks on old Nodes. */
async function serveMap(app: NestFastifyApplication): Promise<void> {
  const root = path.join(ROOT, 'dist/map');
  if (!existsSync(path.join(root, 'index.html')))
    throw new ConfigError(`the map is not built (${root}): run \`npm run build\``);
  const { default: fastifyStatic } = await import('@fastify/static');
  await app.register(fastifyStatic, {
    root,
    prefix: '/',
    index: 'index.html',
    immutable: true,
    maxAge: '1y',
    setHeaders: (reply, file) => {
      if (file.endsWith('.html')) reply.header('cache-control', 'no-cache');
    },
  });
}
