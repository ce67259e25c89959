/** What the model cannot do, in sentences fit to stand beside a score. */
export const MODEL_LIMITS: readonly string[] = [
  'The score reacts to incidents and stated threats; it does not foresee the start of a conflict.',
  'Levels are good to a factor of about 5 with perfect data, and of about 30 for quiet regions: read the interval.',
  'Rankings are surer than levels; regions whose ranking is between 10 % and 90 % certain are not distinguishable.',
  'Twelve of the twenty-two parameters are judgement; each one says what it rests on.',
  'What is specific to data centres rests on one campaign against two regions.',
  'The distance kernel was fitted to civil-war events, mostly ground combat with deaths; strikes without deaths are under-recorded.',
  'Attractiveness measures what an adversary may believe, never what is hosted.',
  'A feed that has gone silent freezes the score: no news is not calm.',
  'Cyber and insider attacks, sanctions, evacuations, export control, departing customers and lives are not modelled.',
  'Insurance recovery, war exclusions, reputation and legal cost are not in the loss.',
  'The expected annual loss is not limited to the value at risk; the simulated mean is.',
  'It is no pricing tool, no travel advice and no substitute for official warnings.',
];
