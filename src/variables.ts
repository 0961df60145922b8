import { z } from 'zod';
import { isLoopbackName } from './http/loopback.ts';

export const TEAMS_APP_TYPES = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Shown in .env.example and refused as a real key, since everybody knows it. */
export const EXAMPLE_KEY = 'ZXhhbXBsZS1rZXktbWFrZS15b3VyLW93bi1wbGVhc2U=';

interface Variable<T extends z.ZodType> {
  readonly schema: T;
  /** Completes "SLACK_BOT_TOKEN …" when the value does not fit. Never holds the value itself. */
  readonly fault: string;
  readonly example: string;
}

const variable = <T extends z.ZodType>(schema: T, fault: string, example: string): Variable<T> => ({
  schema,
  fault,
  example,
});

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const isPublicUrl = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
};

const isLoopbackUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && isLoopbackName(url.hostname);
};

const isDatabaseUrl = (text: string): boolean => {
  if (text.startsWith('file:')) return text.length > 'file:'.length && !/[?#]/.test(text);
  const url = URL.parse(text);
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
};

const optional = (pattern: RegExp) => z.string().regex(pattern).optional();

/** Every environment variable that Coxswain reads; .env.example holds the same names and examples. */
export const VARIABLES = {
  SLACK_BOT_TOKEN: variable(
    optional(/^xoxb-\S+$/),
    'is not a bot token: those begin with xoxb-',
    'xoxb-your-bot-token',
  ),
  SLACK_SIGNING_SECRET: variable(
    optional(/^\S{16,}$/),
    'is not a signing secret: it is the long value under Basic Information of the Slack app',
    'your-signing-secret',
  ),
  SLACK_APP_TOKEN: variable(
    optional(/^xapp-\S+$/),
    'is not an app-level token: those begin with xapp-',
    'xapp-your-app-token',
  ),
  SLACK_CLIENT_ID: variable(
    optional(/^\d+\.\d+$/),
    'is not a client id: it is two numbers with a dot between them, under Basic Information of the Slack app',
    '1234567890.1234567890123',
  ),
  SLACK_CLIENT_SECRET: variable(
    optional(/^\S{16,}$/),
    'is not a client secret: it is the long value under Basic Information of the Slack app',
    'your-slack-client-secret',
  ),
  SLACK_API_URL: variable(
    z
      .string()
      .refine(isLoopbackUrl)
      .transform((url) => (url.endsWith('/') ? url : `${url}/`))
      .optional(),
    'is not an http address on this machine; it is only for a Slack-compatible server that runs beside Coxswain',
    'http://127.0.0.1:4004/api/',
  ),
  MICROSOFT_APP_ID: variable(
    z.guid().optional(),
    'is not an application id: those are 32 hexadecimal digits in five groups',
    '00000000-0000-4000-8000-000000000001',
  ),
  MICROSOFT_APP_PASSWORD: variable(
    optional(/^\S+$/),
    'is not a client secret: it holds a space',
    'your-client-secret',
  ),
  MICROSOFT_APP_TENANT_ID: variable(
    z
      .string()
      .transform((list) => [...new Set(list.split(',').map((id) => id.trim().toLowerCase()))])
      .pipe(z.array(z.guid()))
      .optional(),
    'is not a tenant id, or several with commas between them: those are 32 hexadecimal digits in five groups',
    '00000000-0000-4000-8000-000000000002',
  ),
  MICROSOFT_APP_TYPE: variable(
    z.enum(TEAMS_APP_TYPES).optional(),
    `is not one of ${TEAMS_APP_TYPES.join(', ')}`,
    'SingleTenant',
  ),
  DATABASE_URL: variable(
    z.string().refine(isDatabaseUrl).default('file:data/coxswain.db'),
    'is neither file:<path> nor postgres://user:password@host:port/database',
    'file:data/coxswain.db',
  ),
  COXSWAIN_ENCRYPTION_KEY: variable(
    z
      .base64()
      .refine((text) => Buffer.from(text, 'base64').length === 32)
      .optional(),
    'is not 32 bytes in base64; `openssl rand -base64 32` makes one',
    EXAMPLE_KEY,
  ),
  COXSWAIN_ENCRYPTION_KEYS_OLD: variable(
    z
      .string()
      .transform((list) =>
        list
          .split(',')
          .map((key) => key.trim())
          .filter((key) => key !== ''),
      )
      .pipe(z.array(z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)))
      .default([]),
    'is not a list of keys of 32 bytes in base64, with commas between them',
    'b2xkLWV4YW1wbGUta2V5LXNpbmNlLWxvbmctYWdvISE=',
  ),
  COXSWAIN_HEADS_FILE: variable(
    z.string().min(1).optional(),
    'is not the path of a file',
    '/var/lib/coxswain/audit-heads.ndjson',
  ),
  COXSWAIN_TIME_ZONE: variable(
    z.string().refine(isZone).default('UTC'),
    'is not a time zone of the IANA list',
    'Europe/Berlin',
  ),
  COXSWAIN_ADMINS: variable(
    z
      .string()
      .transform((list) =>
        list
          .split(',')
          .map((email) => email.trim().toLowerCase())
          .filter((email) => email !== ''),
      )
      .pipe(z.array(z.email()))
      .default([]),
    'is not a list of email addresses with commas between them',
    'ada@example.com,grace@example.com',
  ),
  PORT: variable(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535)
      .optional(),
    'is not a port: a whole number from 0 to 65535',
    '3000',
  ),
  HOST: variable(optional(/^[\w.:[\]-]+$/), 'is not a host name or an address to listen on', '127.0.0.1'),
  PUBLIC_URL: variable(
    z
      .string()
      .refine(isPublicUrl)
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    'is not an https address without query (http only on this machine)',
    'https://coxswain.example.com',
  ),
  COXSWAIN_API_RATE: variable(
    z
      .string()
      .regex(/^[1-9]\d{0,6}$/)
      .transform(Number)
      .optional(),
    'is not a number of requests a minute: a whole number from 1',
    '6000',
  ),
  COXSWAIN_URL: variable(
    z
      .string()
      .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))
      .transform((url) => url.replace(/\/+$/, ''))
      .default('http://127.0.0.1:3000'),
    'is not the http or https address of a running Coxswain',
    'https://coxswain.example.com',
  ),
  COXSWAIN_TOKEN: variable(
    optional(/^cxs_\S+$/),
    'is not a token of Coxswain: those begin with cxs_',
    'cxs_your-token',
  ),
  HEARTBEAT_URL: variable(
    z
      .string()
      .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? '') && !/\s/.test(text))
      .optional(),
    'is not an http or https address',
    'https://heartbeat.example.com/ping/your-check',
  ),
  COXSWAIN_METRICS_TOKEN: variable(
    optional(/^\S{16,}$/),
    'is not a token: at least 16 characters without a space',
    'your-metrics-token',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    z
      .string()
      .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))
      .optional(),
    'is not the http or https address of an OpenTelemetry collector',
    'http://127.0.0.1:4318',
  ),
  LOG_LEVEL: variable(z.enum(LOG_LEVELS).default('info'), `is not one of ${LOG_LEVELS.join(', ')}`, 'info'),
} as const;

export type VariableName = keyof typeof VARIABLES;
export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];
