// Every check of the project, in one command: a line per step with its time, the whole output of a step that fails,
// and at the end `N passed, M failed`, a step counting as one and each test as one.
//   node scripts/check.mjs [--only STEP[,STEP…]]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

const SPEC_RESULTS = '.cache/jest.json';
const tool = (file, ...args) => [process.execPath, [path.join('node_modules', file), ...args]];
const script = (file, ...args) => [process.execPath, [path.join('scripts', file), ...args]];

// Two at a time, the longest first; the specs use both processors themselves and run what `build` makes.
const STEPS = [
  { name: 'lint', command: tool('eslint/bin/eslint.js', '.', '--max-warnings', '0') },
  { name: 'types', command: tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json') },
  { name: 'types-kernel', command: tool('typescript/bin/tsc', '-p', 'tsconfig.kernel.json') },
  {
    name: 'types-map',
    command: tool('typescript/bin/tsc', '--noEmit', '-p', 'apps/map'),
    needs: 'apps/map/tsconfig.json',
  },
  { name: 'format', command: tool('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn') },
  {
    name: 'architecture',
    command: tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['apps', 'libs', 'migrations', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    ),
  },
  { name: 'generated', command: script('generate.mjs', '--check'), needs: 'scripts/generate.mjs' },
  { name: 'build', command: script('build.mjs', '--if-needed') },
  { name: 'specs', command: specs(), alone: true, minutes: 20, progress: specsDone, count: countSpecs },
];
const DEFAULT_MINUTES = 5;
const PROGRESS_MS = 30_000;

// Of a run that was cut off.
fs.rmSync(SPEC_RESULTS, { force: true });
fs.mkdirSync(path.dirname(SPEC_RESULTS), { recursive: true });

const running = new Set();
const total = { passed: 0, failed: 0 };
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) end(child, 'SIGTERM');
    process.exit(130);
  });
}

const chosen = chooseSteps();
const together = chosen.filter((step) => !step.alone);
await Promise.all([lane(together), lane(together)]);
await lane(chosen.filter((step) => step.alone));
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed`);

function chooseSteps() {
  const only = process.argv.indexOf('--only');
  if (only === -1) return [...STEPS];
  const names = (process.argv[only + 1] ?? '').split(',');
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `--only: got ${unknown.join(', ') || 'nothing'}, wanted some of ${STEPS.map((step) => step.name).join(', ')}`,
    );
    process.exit(2);
  }
  return STEPS.filter((step) => names.includes(step.name));
}

/** Takes steps off the common list until it is empty. */
async function lane(steps) {
  for (let step = steps.shift(); step; step = steps.shift()) await run(step);
}

async function run(step) {
  if (step.needs && !fs.existsSync(step.needs)) return report('skipped', step, '', `${step.needs} does not exist`);
  const begin = performance.now();
  const { status, output } = await outcomeOf(step, begin);
  const counted = step.count?.(status) ?? { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, note: '' };
  total.passed += counted.passed;
  total.failed += counted.failed;
  const failed = counted.failed > 0;
  report(failed ? 'FAILED' : 'ok', step, time(begin), counted.note);
  if (failed) console.log(`${output.trimEnd()}\n`);
}

function report(verdict, step, took, note) {
  console.log(`${verdict.padEnd(8)}${step.name.padEnd(14)}${took.padStart(7)}  ${note}`.trimEnd());
}

function time(begin) {
  const seconds = (performance.now() - begin) / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)}m${String(Math.floor(seconds % 60)).padStart(2, '0')}s`;
}

function outcomeOf(step, begin) {
  const [file, args, options] = step.command;
  return new Promise((resolve) => {
    let output = '';
    const env = { ...process.env, NO_COLOR: '1' };
    delete env.FORCE_COLOR;
    // A group of its own, so that a step that hangs is ended with all it started.
    const child = spawn(file, args, {
      ...options,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const minutes = step.minutes ?? DEFAULT_MINUTES;
    const limit = setTimeout(() => {
      output += `\n${step.name} was ended: it took more than ${minutes} minutes\n`;
      end(child, 'SIGKILL');
    }, minutes * 60_000);
    const progress = setInterval(
      () => step.progress && report('...', step, time(begin), step.progress(output)),
      PROGRESS_MS,
    );
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    const finish = (status) => {
      clearTimeout(limit);
      clearInterval(progress);
      running.delete(child);
      resolve({ status, output });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(1);
    });
    child.once('close', (status) => finish(status ?? 1));
  });
}

function end(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The `jest` script of package.json, so that there is one way to run specs. */
function specs() {
  const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
  return [`${scripts.jest} --json --outputFile=${SPEC_RESULTS}`, [], { shell: true }];
}

function specsDone(output) {
  const done = (verdict) => output.match(new RegExp(`^${verdict} `, 'gm'))?.length ?? 0;
  const failed = [...output.matchAll(/^FAIL (\S+)/gm)].map(([, file]) => file);
  const names = failed.length === 0 ? '' : `: ${[...new Set(failed)].slice(0, 3).join(', ')}`;
  return `${done('PASS') + done('FAIL')} spec files done, ${done('FAIL')} with failures${names}`;
}

function countSpecs(status) {
  if (!fs.existsSync(SPEC_RESULTS)) return { passed: 0, failed: 1, note: 'no results: jest did not finish' };
  const results = JSON.parse(fs.readFileSync(SPEC_RESULTS, 'utf8'));
  fs.rmSync(SPEC_RESULTS);
  const passed = results.numPassedTests;
  // A file that cannot be run holds no failed test, and fails all the same.
  let failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  if ((status !== 0 || passed === 0) && failed === 0) failed = 1;
  const skipped = results.numPendingTests + results.numTodoTests;
  return {
    passed,
    failed,
    note: `${passed + failed} tests in ${results.numTotalTestSuites} files${skipped ? `, ${skipped} skipped` : ''}`,
  };
}
