#!/usr/bin/env node
import fs from 'node:fs';

const main = new URL('../dist/apps/cli/src/main.js', import.meta.url);
if (fs.existsSync(main)) {
  process.setSourceMapsEnabled(true);
  await import(main.href);
} else {
  console.error('faultline is not built yet: run `npm run up` to build and start it, or `npm run build`');
  process.exitCode = 1;
}
