// Hazard at 100,000 sites from 10,000 incidents: how the work compares with the same kernel in C and with other indexes,
// what an edit, the passing of time and an explanation cost against a full rescore, and what a million sites take.
// Run: node --disable-warning=ExperimentalWarning --import @swc-node/register/esm-register bench/site-accumulation.bench.ts
// Ratios are medians of alternating turns within this run; times are processor time and hold for this machine only.
import os from 'node:os';
import { SiteHazard, Sites } from '@faultline/scoring';
import type { HazardIncident, HazardRules } from '@faultline/scoring';
import { framesOf, placeIncident } from '../libs/scoring/src/hazard-incident.js';
import { addNear, nearContribution, newRuns } from '../libs/scoring/src/site-walk.js';
import { cKernel } from './c-kernel.js';
import { alternately, demand, differentBits, processorMs, quantile, say, sayRatio } from './measure.js';
import { sampleIncidents, sampleSites, uniforms } from './sample-world.js';
import { treeLibraries, treeRescore, vectorsOf } from './tree-kernels.js';

const turns = 9;
const asOfDay = 20_000;
const rules: HazardRules = { d0Km: 5, theatreShare: 0.05, reachKm: 300 };
const classes = [{ halfLifeDays: 30 * Math.LN2, clockDay: asOfDay }];
const columns = sampleSites(100_000, 1);
const incidents = sampleIncidents(10_000, 2, asOfDay);
const sites = new Sites(columns);
const placed = incidents.map((incident) => placeIncident(incident, sites, rules, framesOf(classes)));
const runs = newRuns();

function kernel(some = placed, at = sites): Float64Array {
  const sums = new Float64Array(at.count);
  for (const incident of some) addNear(incident, 1, sums, at, rules, runs);
  return sums;
}

function byIndex(byPosition: Float64Array): Float64Array {
  return byPosition.map((_, index) => byPosition[sites.index.positionOf[index] ?? 0] ?? NaN);
}

say(`${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load ${os.loadavg()[0]?.toFixed(1)}`);
say(`${sites.count} sites, ${incidents.length} incidents, reach ${rules.reachKm} km`);

const expected = kernel();
const touched = expected.filter((sum) => sum > 0).length;
let candidates = 0;
for (const { incident, radiusKm } of placed) {
  if (incident.place.kind !== 'point' || radiusKm < 0) continue;
  const written = sites.index.runsWithin(incident.place.lonDegrees, incident.place.latDegrees, radiusKm, runs);
  for (let run = 0; run < written; run += 2) candidates += (runs[run + 1] ?? 0) - (runs[run] ?? 0);
}
say(`${candidates} pairs are looked at, ${touched} sites have a hazard`);

// 1. Against C, and against other indexes, where they are there.
const kernelsInC = [['-O3'], ['-O3', '-march=native']].flatMap((flags) => cKernel(flags, sites, placed, rules) ?? []);
if (kernelsInC.length === 0) say('no C compiler: not compared with C');
for (const inC of kernelsInC)
  demand(differentBits(inC.run().sums, expected) === 0, `C ${inC.flags} gives the same bits`);
const trees = await treeLibraries();
for (const name of ['kdbush', 'flatbush']) {
  if (!trees.some((tree) => tree.name === name)) say(`${name} is not installed: not compared`);
}
const vectors = vectorsOf(columns.lonDegrees, columns.latDegrees);
const searches = trees.map(({ name, build }) => ({ name, search: build(columns.lonDegrees, columns.latDegrees) }));
for (const { name, search } of searches) {
  const sums = treeRescore(search, vectors, placed, rules);
  demand(differentBits(sums, byIndex(expected)) === 0, `${name} gives the same bits`);
}
const aTwentieth = placed.filter((_, number) => number % 20 === 0);
const everyPair = (): Float64Array => {
  const sums = new Float64Array(sites.count);
  for (const incident of aTwentieth) {
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + nearContribution(incident, at, sites, rules);
  }
  return sums;
};
demand(differentBits(everyPair(), kernel(aTwentieth)) === 0, 'every pair by itself gives the same bits');

let hazard = new SiteHazard(sites, rules, classes, incidents);
const medians = alternately(
  {
    kernel: () => processorMs(() => kernel()),
    rescore: () => {
      const [later = 0] = hazard.clockDays;
      return processorMs(() => hazard.advance(0, later + 30 * Math.LN2));
    },
    whole: () => processorMs(() => (hazard = new SiteHazard(sites, rules, classes, incidents))),
    ...Object.fromEntries(kernelsInC.map((inC) => [`C ${inC.flags}`, () => inC.run().ms])),
    ...Object.fromEntries(
      searches.map(({ name, search }) => [name, () => processorMs(() => treeRescore(search, vectors, placed, rules))]),
    ),
  },
  turns,
);
const times: Readonly<Record<string, number>> = medians;
say(
  'full rescore, median ms: ' +
    Object.entries(times)
      .map(([name, ms]) => `${name} ${ms.toFixed(2)}`)
      .join(', '),
);
for (const { flags } of kernelsInC) {
  sayRatio(`speed of the kernel against C ${flags}`, (times[`C ${flags}`] ?? NaN) / medians.kernel, 0.25);
}
for (const { name } of trees) sayRatio(`speed against ${name}`, (times[name] ?? NaN) / medians.kernel, 4);
const allPairsMs =
  20 *
  quantile(
    Array.from({ length: 3 }, () => processorMs(() => everyPair())),
    0.5,
  );
sayRatio('speed against every pair (from a twentieth)', allPairsMs / medians.kernel);
// What everything else is measured against: a rescore of all that is loaded, as at the end of a half-life.
const fullMs = medians.rescore;

// 2. One incident edited.
const next = uniforms(3);
const edits = sampleIncidents(2_000, 4, asOfDay).map((incident): HazardIncident => {
  const id = incidents[Math.floor(next() * incidents.length)]?.id ?? '';
  return { ...incident, id };
});
const current = new Map(incidents.map((incident) => [incident.id, incident]));
const editMs: number[] = [];
const allEditsMs = processorMs(() => {
  for (const edit of edits) {
    editMs.push(processorMs(() => hazard.put(edit)));
    current.set(edit.id, edit);
  }
});
const final = [...current.values()];
const full = new SiteHazard(sites, rules, classes, final).hazards();
const backwards = new SiteHazard(sites, rules, classes, final.toReversed()).hazards();
const halves = new SiteHazard(sites, rules, classes, final.slice(0, 3_333));
halves.absorb(new SiteHazard(sites, rules, classes, final.slice(3_333)).part());
const different = differentBits(hazard.hazards(), full);
say(
  `edits: mean ${((1000 * allEditsMs) / edits.length).toFixed(2)} µs, p99 ${(1000 * quantile(editMs, 0.99)).toFixed(1)} µs`,
);
say(
  `  sites that differ from a full rescore, after ${edits.length} edits: ${different}; reversed order: ` +
    `${differentBits(backwards, full)}; in two parts: ${differentBits(halves.hazards(), full)}`,
);
demand(
  different + differentBits(backwards, full) + differentBits(halves.hazards(), full) === 0,
  'all bits are the same',
);
sayRatio('an edit is cheaper than a full rescore by', fullMs / (allEditsMs / edits.length), 300);

// 3. Time passing.
let day = asOfDay;
const into = new Float64Array(sites.count);
const clock = alternately(
  {
    advance: () =>
      processorMs(() => {
        for (let step = 0; step < 1000; step++) hazard.advance(0, (day += 1e-5));
      }) / 1000,
    read: () => processorMs(() => hazard.hazards(into)),
  },
  turns,
);
const recomputed = new SiteHazard(sites, rules, [{ halfLifeDays: 30 * Math.LN2, clockDay: day }], final).hazards();
demand(differentBits(hazard.hazards(), recomputed) === 0, 'a clock that was advanced gives the same bits');
say(`clock: advance ${(1000 * clock.advance).toFixed(2)} µs, read all sites ${clock.read.toFixed(2)} ms`);
sayRatio('advancing is cheaper than a full rescore by', fullMs / clock.advance, 100);

// 4. One site explained.
const inHazard = Array.from(full.entries()).flatMap(([site, value]) => (value > 0 ? [site] : []));
const explainMs: number[] = [];
let contributions = 0;
let most = 0;
for (let count = 0; count < 12_000; count++) {
  const site = inHazard[Math.floor(next() * inHazard.length)] ?? 0;
  let explained: ReturnType<typeof hazard.explain> = [];
  const ms = processorMs(() => (explained = hazard.explain(site)));
  if (count >= 6_000) explainMs.push(ms);
  contributions += explained.length;
  most = Math.max(most, explained.length);
  const sum = explained.reduce((total, { equivalents }) => total + equivalents, 0);
  demand(Object.is(sum, hazard.hazardAt(site)), 'contributions add up to the hazard, bit for bit');
}
const p99 = quantile(explainMs, 0.99);
say(
  `explain: p50 ${(1000 * quantile(explainMs, 0.5)).toFixed(1)} µs, p99 ${(1000 * p99).toFixed(1)} µs, ` +
    `${(contributions / 12_000).toFixed(1)} contributions on average, ${most} at most`,
);
sayRatio('the p99 of explaining is cheaper than a full rescore by', fullMs / p99, 200);
sayRatio('and than its bare kernel by', medians.kernel / p99);

// 5. A million sites.
const before = process.memoryUsage();
const million = new Sites(sampleSites(1_000_000, 5));
let large: SiteHazard | undefined;
const millionMs = processorMs(() => (large = new SiteHazard(million, rules, classes, incidents)));
const after = process.memoryUsage();
demand((large?.incidentCount ?? 0) === incidents.length, 'a million sites are scored');
const mega = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
say(
  `1,000,000 sites: ${millionMs.toFixed(0)} ms, typed arrays ${mega(after.arrayBuffers - before.arrayBuffers)} more, ` +
    `process ${mega(after.rss)} resident in all`,
);
sayRatio('room left of 2 GiB, times', 2 ** 31 / after.rss, 1);
