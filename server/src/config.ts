/** Every setting of the process, from the environment: what it does, its default and unit, and what is wrong with a wrong one. */
import path from 'node:path';
import { z } from 'zod';

const root = path.join(import.meta.dirname, '../..');

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
const yesNo = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
const folder = z.string().transform((value) => path.resolve(value));

interface Setting<T> {
  schema: z.ZodType<T, string>;
  /** As it would be written in the environment; `undefined` when leaving it out means something of its own. */
  default: string | undefined;
  help: string;
}

const setting = <T>(schema: z.ZodType<T, string>, defaultText: string | undefined, help: string): Setting<T> => ({
  schema,
  default: defaultText,
  help,
});

/** The environment variables, in the order of docs/configuration.md, which is printed from this table. */
export const SETTINGS = {
  HOST: setting(
    z.string(),
    '127.0.0.1',
    'Address to listen on. `0.0.0.0` listens on every one; put a TLS proxy in front.',
  ),
  PORT: setting(wholeNumber(0, 65_535), '8080', 'Port to listen on; 0 picks a free one.'),
  PUBLIC_URL: setting(
    z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .transform((value) => value.replace(/\/+$/, '')),
    undefined,
    'Where customers reach the shop, for links in mails. Left out: `http://HOST:PORT`.',
  ),
  TRUST_PROXY: setting(
    yesNo,
    'false',
    '`true` when a proxy in front sets X-Forwarded-For and X-Forwarded-Proto; only then are they believed.',
  ),
  DATABASE_URL: setting(
    z.url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/database' }),
    undefined,
    'PostgreSQL 15 or newer to use. Left out: the embedded one, which needs nothing.',
  ),
  DATABASE_CONNECTIONS: setting(wholeNumber(2, 200), '10', 'Most connections one process opens for its queries.'),
  HOSTWRIGHT_DATA: setting(
    folder,
    undefined,
    'Folder for the embedded PostgreSQL, the key file and the demo. Left out: `data` beside the project, or /var/lib/hostwright as root.',
  ),
  POSTGRES_BIN: setting(
    folder,
    undefined,
    'Folder with `postgres` and `initdb` to run as the embedded PostgreSQL instead of the ones npm brought.',
  ),
  HOSTWRIGHT_KEY: setting(
    z.string(),
    undefined,
    'Master keys, `id:base64` of 32 bytes, joined by commas, the newest first. Left out: a key file in the data folder, made at first start.',
  ),
  SMTP_URL: setting(
    z.url({ protocol: /^smtps?$/, error: 'must look like smtps://user:password@mail.example.com:465' }),
    undefined,
    'Mail server. Left out: mails wait in the outbox, and `hostwright doctor` says so. The demo shop catches its own mail.',
  ),
  MAIL_FROM: setting(z.string().min(3), 'Hostwright <shop@localhost>', 'Sender of every mail.'),
  MODULES_DIR: setting(folder, undefined, 'Folder with further panel modules, one folder each.'),
  GATEWAYS_DIR: setting(folder, undefined, 'Folder with further payment gateways, one folder each.'),
  WORKER_CONCURRENCY: setting(
    wholeNumber(1, 500),
    '20',
    'Operations one process works on at a time; each server has its own, lower limit.',
  ),
  LOG_LEVEL: setting(
    z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
      'must be one of trace, debug, info, warn, error, fatal',
    ),
    'info',
    'Least important log line that is written.',
  ),
} satisfies Record<string, Setting<unknown>>;

export interface Config {
  host: string;
  port: number;
  /** Without a slash at its end; unset until the port is known when PORT is 0. */
  publicUrl: string | undefined;
  trustProxy: boolean;
  databaseUrl: string | undefined;
  databaseConnections: number;
  dataFolder: string | undefined;
  postgresBin: string | undefined;
  key: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Ours first; an id found twice keeps its first folder. */
  moduleFolders: string[];
  gatewayFolders: string[];
  workerConcurrency: number;
  logLevel: string;
  /** A demo shop: demo logins on the sign-in page, a ribbon on every page. Set by `start`, never by the environment. */
  demo: boolean;
}

/** The environment is wrong. The message names every wrong setting and what it must be. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Read the environment. An empty value counts as left out.
 * @throws ConfigError naming every wrong setting at once; the value of a secret one is not repeated
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const read = <T>(name: string, { schema, default: fallback }: Setting<T>): T | undefined => {
    const given = environment[name];
    const text = given === undefined || given === '' ? fallback : given;
    if (text === undefined) return undefined;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    problems.push(`${name} ${result.error.issues[0]?.message ?? 'is wrong'}`);
    return undefined;
  };
  // A setting with a default is never missing: a wrong one ends below, before anything is returned.
  const must = <T>(name: string, declared: Setting<T>) => read(name, declared) as T;
  const modulesDir = read('MODULES_DIR', SETTINGS.MODULES_DIR);
  const gatewaysDir = read('GATEWAYS_DIR', SETTINGS.GATEWAYS_DIR);
  const config: Config = {
    host: must('HOST', SETTINGS.HOST),
    port: must('PORT', SETTINGS.PORT),
    publicUrl: read('PUBLIC_URL', SETTINGS.PUBLIC_URL),
    trustProxy: must('TRUST_PROXY', SETTINGS.TRUST_PROXY),
    databaseUrl: read('DATABASE_URL', SETTINGS.DATABASE_URL),
    databaseConnections: must('DATABASE_CONNECTIONS', SETTINGS.DATABASE_CONNECTIONS),
    dataFolder: read('HOSTWRIGHT_DATA', SETTINGS.HOSTWRIGHT_DATA),
    postgresBin: read('POSTGRES_BIN', SETTINGS.POSTGRES_BIN),
    key: read('HOSTWRIGHT_KEY', SETTINGS.HOSTWRIGHT_KEY),
    smtpUrl: read('SMTP_URL', SETTINGS.SMTP_URL),
    mailFrom: must('MAIL_FROM', SETTINGS.MAIL_FROM),
    moduleFolders: [path.join(root, 'modules'), ...(modulesDir ? [modulesDir] : [])],
    gatewayFolders: [path.join(root, 'gateways'), ...(gatewaysDir ? [gatewaysDir] : [])],
    workerConcurrency: must('WORKER_CONCURRENCY', SETTINGS.WORKER_CONCURRENCY),
    logLevel: must('LOG_LEVEL', SETTINGS.LOG_LEVEL),
    demo: false,
  };
  if (problems.length > 0)
    throw new ConfigError(
      `The environment is wrong:\n${problems.map((line) => `  ${line}`).join('\n')}\nSee docs/configuration.md.`,
    );
  return config;
}
