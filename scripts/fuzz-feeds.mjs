// Gives every feed documents that were changed by chance, and says what became of them.
//   node scripts/fuzz-feeds.mjs [--documents 200000] [--seed 1] [--feed ID] [--only INDEX]
// Ends with 1 when a parser threw or did not end, a claim was none, a cut document was taken, one parse took two
// seconds or more, or the process held more than 512 MB; each with the options that make the document again.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const WORKERS = 2;
const BATCH = 500;
const SLOWEST_MS = 2000;
const ENDLESS_MS = 60_000;
const MOST_MB = 512;
const HEAP_MB = 160;
const REPORTED = 10;

if (!isMainThread) await work(workerData);
else if (process.argv[2] === '--compile-to') await compile(process.argv[3]);
else await lead();

async function lead() {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string', default: '200000' },
      seed: { type: 'string', default: '1' },
      feed: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const only = values.only === undefined ? undefined : count(values.only, 'only');
  const given = {
    documents: count(values.documents, 'documents'),
    seed: count(values.seed, 'seed'),
    feed: values.feed,
  };
  const place = compiledSources();
  const begin = performance.now();
  const total = { documents: 0, cut: 0, cutAccepted: 0, accepted: 0, slowestMs: 0, slowest: '', faults: [], of: {} };
  const lanes = only === undefined ? Array.from({ length: WORKERS }, (_, lane) => lane) : [0];
  await Promise.all(lanes.map((lane) => run({ ...given, place, lane, only }, total)));
  const seconds = (performance.now() - begin) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const rate = Math.round(total.documents / seconds);
  console.log(
    [
      `seed ${given.seed}, ${lanes.length} threads on ${os.availableParallelism()} processors, Node ${process.version}`,
      `documents          ${total.documents} in ${seconds.toFixed(1)} s, ${rate} a second`,
      ...Object.entries(total.of)
        .sort()
        .map(([feed, documents]) => `  ${feed.padEnd(16)} ${documents}`),
      `accepted           ${total.accepted}`,
      `cut documents      ${total.cut}, accepted ${total.cutAccepted} (wanted 0)`,
      `faults             ${total.faults.length} (wanted 0)`,
      `slowest parse      ${total.slowestMs.toFixed(0)} ms (wanted < ${SLOWEST_MS}): ${total.slowest}`,
      `most memory held   ${peakMb.toFixed(0)} MB (wanted <= ${MOST_MB})`,
      ...total.faults.slice(0, REPORTED).map((fault) => `FAULT ${fault}`),
    ].join('\n'),
  );
  const isSound = total.faults.length === 0 && total.slowestMs < SLOWEST_MS && peakMb <= MOST_MB;
  process.exitCode = isSound && total.documents === (only === undefined ? given.documents : 1) ? 0 : 1;
}

/** Runs one lane in a thread of its own to its end, and adds what it tells to `total`. */
function run(data, total) {
  const current = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: { ...data, current },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const again = () => optionsOf(data, Atomics.load(current, 0));
  const watch = () =>
    setTimeout(() => {
      total.faults.push(`no end after ${ENDLESS_MS / 1000} s: ${again()}`);
      void worker.terminate();
    }, ENDLESS_MS);
  let patience = watch();
  return new Promise((resolve) => {
    worker.on('message', ({ slowestMs, slowest, faults, of, ...counts }) => {
      clearTimeout(patience);
      patience = watch();
      for (const [name, added] of Object.entries(counts)) total[name] += added;
      for (const [feed, documents] of Object.entries(of)) total.of[feed] = (total.of[feed] ?? 0) + documents;
      total.faults.push(...faults);
      if (slowestMs > total.slowestMs) Object.assign(total, { slowestMs, slowest });
    });
    worker.once('error', (error) => total.faults.push(`the thread died: ${error.message}: ${again()}`));
    worker.once('exit', () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

/** The sources as JavaScript, made by another process: the compiler takes more memory than all parsers do. */
function compiledSources() {
  const cache = path.join(root, '.cache');
  fs.mkdirSync(cache, { recursive: true });
  const place = fs.mkdtempSync(path.join(cache, 'fuzz-'));
  process.once('exit', () => fs.rmSync(place, { recursive: true, force: true }));
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--compile-to', place], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the sources do not compile');
  return place;
}

async function compile(place) {
  const { transformFile } = await import('@swc/core');
  process.chdir(root);
  const files = ['libs', 'migrations', 'data', 'test/hostile']
    .flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/\.(spec|bench)\.ts$|\.d\.ts$|\.md$/.test(file));
  // As in scripts/build.mjs, so that what is tried is what runs.
  const jsc = {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    baseUrl: root,
    paths: { '@faultline/*': ['./libs/*/src/index.ts'] },
  };
  for (const file of files) {
    const target = path.join(place, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (!file.endsWith('.ts')) fs.copyFileSync(file, target);
    else {
      const { code } = await transformFile(file, { swcrc: false, jsc, module: { type: 'es6', resolveFully: true } });
      fs.writeFileSync(target.replace(/\.ts$/, '.js'), code);
    }
  }
}

async function work({ place, lane, documents, seed, feed, only, current }) {
  const load = (file) => import(pathToFileURL(path.join(place, file)).href);
  const { allSamples, sourcesOf } = await load('test/hostile/fuzzed.js');
  const { soundnessComplaints } = await load('test/hostile/check.js');
  const { mutantOf } = await load('test/hostile/mutants.js');
  const samples = (await allSamples()).filter(({ id }) => feed === undefined || id === feed);
  if (samples.length === 0) throw new Error(`--feed ${feed} is no feed`);
  // Long documents, which say the same many times over, have a smaller share.
  const turns = samples.flatMap((sample) => Array(sample.sound.length > 50_000 ? 1 : 6).fill(sample));
  const sources = new Map(samples.map((sample) => [sample.id, sourcesOf(sample)]));
  const ownKeys = Object.getOwnPropertyNames(Object.prototype).length;

  if (only !== undefined) return parentPort.postMessage(batch(only, only + 1));
  for (let from = lane * BATCH; from < documents; from += BATCH * WORKERS)
    parentPort.postMessage(batch(from, Math.min(from + BATCH, documents)));

  function batch(from, to) {
    const told = { documents: 0, cut: 0, cutAccepted: 0, accepted: 0, slowestMs: 0, slowest: '', faults: [], of: {} };
    for (let index = from; index < to; index += 1) one(index, told);
    return told;
  }

  function one(index, told) {
    Atomics.store(current, 0, index);
    const sample = turns[index % turns.length];
    const { kind, bytes, isCut } = mutantOf(sample, sources.get(sample.id), seed, index);
    const name = `${sample.id}, ${kind}, ${bytes.length} bytes: ${optionsOf({ seed, feed }, index)}`;
    const faults = [];
    told.documents += 1;
    told.of[sample.id] = (told.of[sample.id] ?? 0) + 1;
    if (isCut) told.cut += 1;
    const begin = performance.now();
    try {
      const outcome = sample.parse({ bytes, retrievedAt: sample.retrievedAt });
      const ms = performance.now() - begin;
      if (ms > told.slowestMs) Object.assign(told, { slowestMs: ms, slowest: name });
      if (outcome.outcome === 'accepted') told.accepted += 1;
      if (outcome.outcome === 'accepted' && isCut) {
        told.cutAccepted += 1;
        faults.push('accepted although it is cut');
      }
      faults.push(...soundnessComplaints(sample, outcome));
      if (only !== undefined) console.log(JSON.stringify(outcome, null, 1).slice(0, 4000));
    } catch (error) {
      faults.push(error?.stack ?? String(error));
    }
    if (Object.getOwnPropertyNames(Object.prototype).length !== ownKeys) faults.push('Object.prototype is polluted');
    told.faults.push(...faults.map((fault) => `${fault}: ${name}\n${excerpt(bytes)}`));
  }
}

function optionsOf({ seed, feed }, index) {
  return `--seed ${seed}${feed === undefined ? '' : ` --feed ${feed}`} --only ${index}`;
}

function excerpt(bytes) {
  return JSON.stringify(Buffer.from(bytes.subarray(0, 300)).toString('latin1').replaceAll('\0', ''));
}

function count(text, name) {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}: wanted a whole number`);
  return Number(text);
}
