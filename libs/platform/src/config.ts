import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A setting that is missing or wrong. One line: variable, what was got, what to do. Processes exit with 78. */
export class ConfigError extends Error {
  static readonly exitCode = 78;
}

const port = z.coerce.number().int().min(0).max(65535);
const wordList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

const cidrList = wordList;

function jsonOf<T>(schema: z.ZodType<T>, wanted: string) {
  return z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return schema.parse(JSON.parse(text));
      } catch {
        context.addIssue({ code: 'custom', message: `wanted ${wanted}` });
        return z.NEVER;
      }
    });
}

/** `60/3600`: so many within so many seconds; `off`: no limit. */
const budget = (usual: string) =>
  z
    .string()
    .regex(/^(off|[1-9]\d{0,8}\/[1-9]\d{0,6})$/, 'wanted COUNT/SECONDS, such as 60/3600, or off')
    .default(usual);

/** Every variable the service reads, with its default. Unknown `FAULTLINE_*` variables are refused: a typo is not a default. */
export const ENVIRONMENT = {
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATABASE_URL_APP: z.string().startsWith('postgres').optional(),
  DATABASE_URL_FEED: z.string().startsWith('postgres').optional(),
  DATABASE_URL_SEQUENCER: z.string().startsWith('postgres').optional(),
  FAULTLINE_HOST: z.string().default('127.0.0.1'),
  FAULTLINE_PORT: port.default(4180),
  FAULTLINE_DATA: z.string().default('.faultline'),
  FAULTLINE_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  FAULTLINE_POLL: z.enum(['on', 'off']).default('on'),
  FAULTLINE_ROLES: z
    .string()
    .default('feeds,sequencer,projector,deliveries')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.enum(['feeds', 'sequencer', 'projector', 'deliveries']))),
  FAULTLINE_EGRESS_ALLOW: cidrList,
  /** Hosts that webhooks may be sent to, a dot in front for all below a name; empty: any public one. */
  FAULTLINE_WEBHOOK_HOSTS: wordList,
  /** Proxies in front of the API whose word on where a request comes from is taken. */
  FAULTLINE_TRUSTED_PROXIES: cidrList,
  /** Whether public facts are read without signing in. */
  FAULTLINE_ANONYMOUS_READS: z.enum(['on', 'off']).default('on'),
  /** What one key, session or address may ask. */
  FAULTLINE_REQUEST_BUDGET: budget('3000/60'),
  FAULTLINE_EXPORT_BUDGET: budget('120/3600'),
  FAULTLINE_SIGN_IN_BUDGET: budget('10/900'),
  /** An OpenID Connect provider that people sign in by. */
  FAULTLINE_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  FAULTLINE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  FAULTLINE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  FAULTLINE_OIDC_TENANT: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .default('local'),
  FAULTLINE_OIDC_ROLE_CLAIM: z.string().min(1).optional(),
  /** Whether it must say that it asked for a second factor. */
  FAULTLINE_OIDC_SECOND_FACTOR: z.enum(['on', 'off']).default('off'),
  /** Whether accounts sign in by a password of ours. */
  FAULTLINE_PASSWORDS: z.enum(['on', 'off']).default('on'),
  /** Where readers of a notice find the map. */
  FAULTLINE_MAP_URL: z.url().optional(),
  /** Server that takes our e-mail. Without it, notices by e-mail wait. */
  FAULTLINE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  FAULTLINE_MAIL_FROM: z.email().default('faultline@localhost.localdomain'),
  /** Which feeds are asked; `all`, or ids with commas between. */
  FAULTLINE_FEEDS: z.string().default('all'),
  /** Addresses in place of a feed's own, or of feeds that have none: feed id to one address or several. */
  FAULTLINE_FEED_URLS: jsonOf(
    z.record(z.string(), z.union([z.url().transform((url) => [url]), z.array(z.url()).min(1).max(100)])),
    'a JSON object of feed id to address or addresses',
  ),
  /** What a feed needs to be let in: feed id to an object of name to value. */
  FAULTLINE_FEED_CREDENTIALS: jsonOf(
    z.record(z.string(), z.record(z.string(), z.string().min(1))),
    'a JSON object of feed id to an object of credentials by name',
  ),
};
const schema = z.object(ENVIRONMENT);
export type Config = z.infer<typeof schema>;

/** Settings that hold a secret: each may also be read from the file named by the setting with `_FILE` behind its name. */
const SECRETS = [
  'DATABASE_URL',
  'DATABASE_URL_APP',
  'DATABASE_URL_FEED',
  'DATABASE_URL_SEQUENCER',
  'FAULTLINE_SMTP_URL',
  'FAULTLINE_OIDC_CLIENT_SECRET',
  'FAULTLINE_FEED_CREDENTIALS',
] as const satisfies readonly (keyof typeof ENVIRONMENT)[];

type Environment = Record<string, string | undefined>;

/** With what stands in the files; a setting that is given itself counts. @throws ConfigError */
function withFiles(environment: Environment): Environment {
  const read: Environment = { ...environment };
  for (const name of SECRETS) {
    const fileName = `${name}_FILE`;
    const file = environment[fileName];
    delete read[fileName];
    if (file === undefined || environment[name] !== undefined) continue;
    try {
      read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      throw new ConfigError(
        `${fileName}: cannot read ${JSON.stringify(file)} (${(error as NodeJS.ErrnoException).code}): name a file this process may read`,
      );
    }
  }
  return read;
}

/**
 * Reads the settings from an environment, and from the files it names.
 * @throws ConfigError naming every variable that is wrong.
 */
export function readConfig(given: Record<string, string | undefined>): Config {
  const environment = withFiles(given);
  const unknown = Object.keys(environment).filter((name) => name.startsWith('FAULTLINE_') && !(name in ENVIRONMENT));
  if (unknown.length > 0) {
    throw new ConfigError(
      `${unknown.join(', ')}: no such setting; known are ${Object.keys(ENVIRONMENT).join(', ')}: correct the name in the environment or the env file`,
    );
  }
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const got =
      (SECRETS as readonly string[]).includes(name) || /URL/.test(name)
        ? 'a value of another form'
        : JSON.stringify(environment[name]);
    return `${name}: got ${got}, ${issue.message}: set it in the environment or the env file`;
  });
  throw new ConfigError(lines.join('; '));
}
