import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { ConfigError, SchemaMismatch } from '@faultline/platform';
import { runBacktest } from './backtest.command.js';
import { runImport } from './import.command.js';
import { runIngest } from './ingest.command.js';
import { runKeys } from './keys.command.js';
import { runMigrate } from './migrate.command.js';
import { runReport } from './report.command.js';
import { runReread } from './reread.command.js';
import { runRoutes } from './routes.command.js';
import { runScore } from './score.command.js';
import { runSignIn } from './signin.command.js';
import { runSubscribe } from './subscribe.command.js';
import { runTenants } from './tenants.command.js';
import { runUp } from './up.command.js';
import { USAGE, UsageError } from './usage.js';
import { runUsers } from './users.command.js';
import { runVerify } from './verify.command.js';

const score = (args: string[]) =>
  Promise.resolve(
    runScore(args, {
      readFile: (file) => readFileSync(file === '-' ? 0 : file, 'utf8'),
      writeFile: (file, text) => writeFileSync(file, text),
      stdout: (text) => process.stdout.write(text),
      stderr: (text) => process.stderr.write(text),
    }),
  );

const verify = (args: string[]) =>
  Promise.resolve(
    runVerify(args, {
      readFile: (file) => (statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined),
      stdout: (text) => process.stdout.write(text),
      stderr: (text) => process.stderr.write(text),
    }),
  );

const backtest = (args: string[]) =>
  runBacktest(args, { isTerminal: process.stdout.isTTY === true, print: (text) => process.stdout.write(text) });

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  up: runUp,
  migrate: runMigrate,
  signin: runSignIn,
  users: runUsers,
  keys: runKeys,
  tenants: runTenants,
  ingest: runIngest,
  reread: runReread,
  import: runImport,
  subscribe: runSubscribe,
  routes: runRoutes,
  score,
  backtest,
  report: runReport,
  verify,
};

/** Runs one command and returns its exit code. Every failure is one line on stderr. */
export async function runCommand([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(USAGE);
    return name === undefined ? UsageError.exitCode : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(
      `faultline: no command ${JSON.stringify(name)}; known are ${Object.keys(COMMANDS).join(', ')}\n`,
    );
    return UsageError.exitCode;
  }
  try {
    return await command(args);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      return UsageError.exitCode;
    }
    const known = error instanceof ConfigError || error instanceof SchemaMismatch;
    process.stderr.write(`faultline ${name}: ${known ? error.message : String((error as Error).stack ?? error)}\n`);
    return known ? ConfigError.exitCode : 1;
  }
}
