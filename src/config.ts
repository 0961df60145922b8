import { dirname, join } from 'node:path';
import { invalid } from './errors.ts';
import { parseSettings, type Settings } from './settings.ts';
import type { TEAMS_APP_TYPES } from './variables.ts';

/** A secret is a function, so that no log, dump or JSON of a Config can show it. */
export type Secret = () => string;

export interface SlackConfig {
  /** Of the one workspace of this configuration; absent when workspaces only come by OAuth. */
  readonly botToken: Secret | undefined;
  /** Present: workspaces can install the app from a page. */
  readonly oauth: { readonly clientId: string; readonly clientSecret: Secret } | undefined;
  /** Verifies requests over HTTP; absent when only Socket Mode is used. */
  readonly signingSecret: Secret | undefined;
  /** Present: Socket Mode. */
  readonly appToken: Secret | undefined;
  /** Another Slack-compatible server on this machine, with a trailing slash. */
  readonly apiUrl: string | undefined;
}

export interface TeamsConfig {
  readonly appId: string;
  /** Absent only for UserAssignedMSI. */
  readonly appPassword: Secret | undefined;
  /** The home of the app registration first; the others have organisations of their own. */
  readonly tenantIds: readonly string[];
  readonly appType: (typeof TEAMS_APP_TYPES)[number];
}

export interface Config {
  /** `sandbox` without any platform's credentials: the page on this machine, an example company. */
  readonly mode: 'sandbox' | 'connected';
  readonly slack: SlackConfig | undefined;
  readonly teams: TeamsConfig | undefined;
  /** `file:…` or `postgres://…`; the latter may hold a password. */
  readonly databaseUrl: Secret;
  /** Where files beside the database belong (the sandbox's key). */
  readonly dataFolder: string;
  /** 32 bytes. Undefined only in the sandbox, which keeps a key of its own: see data-key.ts. */
  readonly encryptionKey: (() => Uint8Array) | undefined;
  /** Where exported heads of the audit chain are added; undefined with PostgreSQL unless a file was named. */
  readonly headsFile: string | undefined;
  /** Keys that were replaced: what they sealed still opens. */
  readonly oldKeys: () => readonly Uint8Array[];
  /** IANA zone of the organisation. */
  readonly timeZone: string;
  /** Verified emails, lower case, of those who are admins from the start. */
  readonly admins: readonly string[];
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  /** The next free port may be taken when `port` is not: only in the sandbox, and only if nobody chose the port. */
  readonly portMayMove: boolean;
  /** Address under which the platforms reach this process, without a trailing slash. */
  readonly publicUrl: string | undefined;
  /** Asked every five minutes while all is well; it may hold a secret. */
  readonly heartbeatUrl: Secret | undefined;
  readonly logLevel: string;
  /** Who asks for /metrics has to have it; undefined: only this machine may ask. */
  readonly metricsToken: Secret | undefined;
  /** An OpenTelemetry collector over HTTP. */
  readonly collectorUrl: string | undefined;
  /** Requests a minute that one token may make; undefined: the default. */
  readonly apiRate: number | undefined;
  /** For `coxswain mcp`: the running Coxswain that it talks to, and with which token. */
  readonly mcp: { readonly url: string; readonly token: Secret | undefined };
}

/**
 * Reads the configuration from environment variables.
 * @throws CoxswainError `invalid`, one message with every problem: the variable, the fault, an example.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = parseSettings(env);
  if (!parsed.ok) throw invalid(parsed.message, { fields: parsed.faults });
  const { settings } = parsed;
  const slack = slackConfig(settings);
  const teams = teamsConfig(settings);
  const mode = slack === undefined && teams === undefined ? 'sandbox' : 'connected';
  const key = settings.COXSWAIN_ENCRYPTION_KEY;
  return {
    mode,
    slack,
    teams,
    databaseUrl: () => settings.DATABASE_URL,
    dataFolder: dataFolder(settings.DATABASE_URL),
    encryptionKey: key === undefined ? undefined : () => Buffer.from(key, 'base64'),
    headsFile: settings.COXSWAIN_HEADS_FILE ?? besideDatabase(settings.DATABASE_URL, 'audit-heads.ndjson'),
    oldKeys: () => settings.COXSWAIN_ENCRYPTION_KEYS_OLD.map((one) => Buffer.from(one, 'base64')),
    timeZone: settings.COXSWAIN_TIME_ZONE,
    admins: settings.COXSWAIN_ADMINS,
    host: settings.HOST ?? (mode === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    port: settings.PORT ?? 3000,
    portMayMove: mode === 'sandbox' && settings.PORT === undefined,
    publicUrl: settings.PUBLIC_URL,
    heartbeatUrl: secret(settings.HEARTBEAT_URL),
    apiRate: settings.COXSWAIN_API_RATE,
    metricsToken: secret(settings.COXSWAIN_METRICS_TOKEN),
    collectorUrl: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    mcp: { url: settings.COXSWAIN_URL, token: secret(settings.COXSWAIN_TOKEN) },
    // The sandbox is for people at a terminal: unless a level was chosen, its log speaks only when something is wrong.
    logLevel: mode === 'sandbox' && (env['LOG_LEVEL'] ?? '') === '' ? 'warn' : settings.LOG_LEVEL,
  };
}

function slackConfig(s: Settings): SlackConfig | undefined {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = s;
  if (s.SLACK_BOT_TOKEN === undefined && clientId === undefined) return undefined;
  return {
    oauth:
      clientId === undefined || clientSecret === undefined
        ? undefined
        : { clientId, clientSecret: secret(clientSecret) },
    botToken: secret(s.SLACK_BOT_TOKEN),
    signingSecret: secret(s.SLACK_SIGNING_SECRET),
    appToken: secret(s.SLACK_APP_TOKEN),
    apiUrl: s.SLACK_API_URL,
  };
}

function teamsConfig(s: Settings): TeamsConfig | undefined {
  if (s.MICROSOFT_APP_ID === undefined) return undefined;
  return {
    appId: s.MICROSOFT_APP_ID,
    appPassword: secret(s.MICROSOFT_APP_PASSWORD),
    tenantIds: s.MICROSOFT_APP_TENANT_ID ?? [],
    appType: s.MICROSOFT_APP_TYPE ?? 'SingleTenant',
  };
}

function secret(value: string): Secret;
function secret(value: string | undefined): Secret | undefined;
function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : () => value;
}

const besideDatabase = (databaseUrl: string, name: string): string | undefined =>
  databaseUrl.startsWith('file:') ? join(dataFolder(databaseUrl), name) : undefined;

const dataFolder = (databaseUrl: string): string =>
  databaseUrl.startsWith('file:') ? dirname(databaseUrl.slice('file:'.length)) : 'data';
