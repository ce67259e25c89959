import { SiteHazard, Sites } from '@faultline/scoring';
import { addNear, newRuns } from '../libs/scoring/src/site-walk.js';
import { placeIncident, framesOf } from '../libs/scoring/src/hazard-incident.js';
import { sampleIncidents, sampleSites } from './sample-world.js';
const cols = sampleSites(100000, 1);
const inc = sampleIncidents(10000, 2, 20000);
const sites = new Sites(cols);
const rules = { d0Km: 5, theatreShare: 0.05, reachKm: 300 };
const cls = [{ halfLifeDays: 30, clockDay: 20000 }];
const frames = framesOf(cls);
const runs = newRuns();
const cpu = (f: () => unknown): number => { const a = process.cpuUsage(); f(); const b = process.cpuUsage(a); return (b.user + b.system) / 1000; };
for (let i = 0; i < 9; i++) {
  let placed: ReturnType<typeof placeIncident>[] = [];
  const tp = cpu(() => { placed = inc.map((x) => placeIncident(x, sites, rules, frames)); });
  const sums = new Float64Array(sites.count);
  const ta = cpu(() => { for (const p of placed) addNear(p, 1, sums, sites, rules, runs); });
  let h: SiteHazard;
  const tf = cpu(() => { h = new SiteHazard(sites, rules, cls, inc); });
  const th = cpu(() => h.hazards());
  console.log('place', tp, 'add', ta, 'full', tf, 'read', th);
}
