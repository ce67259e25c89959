// The page of the verification standard, from docs/asvs.json. Run by scripts/generate.mjs.
const CHAPTERS = {
  1: 'Encoding and injection',
  2: 'Validation and business logic',
  3: 'Browsers',
  4: 'HTTP',
  5: 'Files',
  6: 'Signing in',
  7: 'Sessions',
  8: 'Rights',
  9: 'Tokens',
  10: 'OAuth and OpenID Connect',
  11: 'Cryptography',
  12: 'Transport',
  13: 'Configuration',
  14: 'Data',
  15: 'Code and dependencies',
  16: 'Logs and errors',
  17: 'WebRTC',
};
const VERDICTS = ['tested', 'documented', 'not-applicable', 'open'];
const WORD = { tested: 'tested', documented: 'documented', 'not-applicable': 'n/a', open: '**open**' };

const HEAD = `# ASVS

What each requirement of OWASP ASVS 5.0.0, levels 1 and 2, rests on here: a test, a page, a reason why it does not apply, or
what is missing. Made from \`docs/asvs.json\` by \`npm run generate\`; the wording of the requirements is in the standard, the
words here are ours. \`docs/asvs.spec.ts\` checks that every requirement is there once, and that each test, page and
heading that is named exists.

`;

const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('_', '\\_').replaceAll('$', '\\$');
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

function restsOn({ verdict, tests, documents, reason, missing, note }) {
  const named = {
    tested: () => tests.map(({ spec, test }) => `${code(spec)}: ${cell(test)}`),
    documented: () =>
      documents.map(
        ({ document, heading }) => `[${cell(heading)}](${document.replace('docs/', '')}#${anchorOf(heading)})`,
      ),
    'not-applicable': () => [cell(reason)],
    open: () => [cell(missing)],
  }[verdict]();
  return [...named, ...(note ? [cell(note)] : [])].join('<br>');
}

/** The whole page, before formatting. */
export function asvsPage({ requirements }) {
  const count = (level, verdict) =>
    requirements.filter((each) => each.level === level && each.verdict === verdict).length;
  const totals = [1, 2].map(
    (level) => `| ${level} | ${VERDICTS.map((verdict) => count(level, verdict)).join(' | ')} |`,
  );
  const parts = Object.entries(CHAPTERS).map(([chapter, title]) => {
    const rows = requirements.filter(({ id }) => id.startsWith(`${chapter}.`));
    const lines = rows.map(
      (row) => `| ${row.id} | ${row.level} | ${cell(row.about)} | ${WORD[row.verdict]} | ${restsOn(row)} |`,
    );
    return `## ${chapter}. ${title}\n\n| | level | about | | rests on |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  const summary = `| level | ${VERDICTS.map((verdict) => WORD[verdict].replaceAll('*', '')).join(' | ')} |\n| --- | --- | --- | --- | --- |\n`;
  return `${HEAD}${summary}${totals.join('\n')}\n\n${parts.join('\n')}`;
}
