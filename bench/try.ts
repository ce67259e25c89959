import { SiteHazard, Sites } from '@faultline/scoring';
import { sampleIncidents, sampleSites } from './sample-world.js';
const cols = sampleSites(100000, 1);
const inc = sampleIncidents(10000, 2, 20000);
let t = performance.now();
const sites = new Sites(cols);
console.log('sites', performance.now() - t);
for (let i = 0; i < 7; i++) {
  t = performance.now();
  const h = new SiteHazard(sites, { d0Km: 5, theatreShare: 0.05, reachKm: 300 }, [{ halfLifeDays: 30, clockDay: 20000 }], inc);
  const a = performance.now() - t;
  t = performance.now();
  const hz = h.hazards();
  console.log(a, performance.now() - t, hz.reduce((x, y) => x + y, 0), hz.filter((v) => v > 0).length);
}
