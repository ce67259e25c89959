// The page that says who may call which route, from the OpenAPI file. Run by scripts/generate.mjs.
const HEAD = `# Who may call what

Made from \`docs/openapi.json\` by \`npm run generate\`; every route declares it in its controller, and one that does not
keeps the service from starting. What roles and scopes are: [access](access.md). That it holds is shown by
\`test/acceptance/authorization.db.spec.ts\`, route by route and role by role.

- **anybody**: nobody need be known.
- **readers**: public facts, for anybody unless \`FAULTLINE_ANONYMOUS_READS=off\`; who is known reads the own facts of the
  tenant too, with a key that has the scope.
- **roles**: who is known and has one of them; a key needs the scope beside it.

| route | for | scope of a key |
| --- | --- | --- |
`;

export function authorizationPage(openapi) {
  const rows = Object.entries(openapi.paths).flatMap(([route, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const allowed = operation['x-allowed'];
      if (!allowed) throw new Error(`${method} ${route} does not say who may call it`);
      const to = { all: 'anybody', readers: 'readers', roles: (allowed.roles ?? []).join(', ') }[allowed.to];
      return [`\`${method.toUpperCase()} ${route}\``, to, allowed.scope ? `\`${allowed.scope}\`` : ''];
    }),
  );
  return `${HEAD}${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}
