// Writes the OpenAPI file from the controllers and their schemas. Run by scripts/generate.mjs.
import 'reflect-metadata';
import fs from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../apps/api/src/app.module.ts';
import { adapter, openApi } from '../apps/api/src/create-app.ts';
import { Database, SystemClock } from '../libs/platform/src/index.ts';

const nowhere = 'postgresql://nobody@127.0.0.1:1/nowhere';
const access = {
  anonymousReads: true,
  publicOrigin: null,
  requests: null,
  exports: null,
  signIns: null,
  provider: null,
};
const database = new Database({ app: nowhere, feed: nowhere, sequencer: nowhere });
const app = await NestFactory.create(
  AppModule.of({ database, clock: new SystemClock(), feeds: [], watches: [], access }),
  adapter(),
  { logger: ['error'], abortOnError: false },
);
fs.writeFileSync(process.argv[2], `${JSON.stringify(openApi(app), null, 2)}\n`);
await app.close();
