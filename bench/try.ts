import { createHash } from 'node:crypto';
import { score, formatScoreResult } from '@faultline/scoring';
import { samplePortfolio } from './sample-portfolio.js';
const cpu = (f: () => unknown): number => { const a = process.cpuUsage(); f(); const b = process.cpuUsage(a); return (b.user + b.system) / 1000; };
for (const [n, y, s] of [[40, 5000, 1], [3, 20000, 2], [200, 1000, 2 ** 40 + 5]] as const) {
  const none = samplePortfolio(n, 0, s), doc = samplePortfolio(n, y, s);
  let text = '';
  for (let i = 0; i < 4; i++) {
    const base = cpu(() => score(none));
    const t = cpu(() => { text = formatScoreResult(score(doc)); });
    const r = JSON.parse(text).portfolio.simulation;
    console.log(n, y, t.toFixed(1), base.toFixed(1), (n * y / (t - base) / 1000).toFixed(2) + ' M/s', createHash('sha256').update(text).digest('hex').slice(0, 16), r.p_any_loss);
  }
}
