import type { Server } from 'node:http';
import { openStore } from '../db/open.ts';
import type { Store } from '../db/store.ts';
import { orgById } from '../db/orgs.ts';
import { type Engine, createEngine, createRunner } from '../jobs/engine.ts';
import { createRunLog } from '../jobs/run-log.ts';
import { type Watchman, createWatchman } from '../jobs/watchman.ts';
import { createGate } from './api/gate.ts';
import { createLimiter } from './api/limit.ts';
import { apiRoutes } from './api/router.ts';
import { renderPng } from './charts/index.ts';
import { type Clock, type Wall, systemClock, wall as realWall } from './clock.ts';
import type { App } from './context.ts';
import type { PlatformKind } from './domain/person.ts';
import { unavailable } from './errors.ts';
import { closeServer } from './http/close.ts';
import { type Phase, healthRoutes } from './http/health.ts';
import { metricsRoute } from './http/metrics.ts';
import { fileRoute } from './http/files.ts';
import { fetchOutside } from './http/outgoing.ts';
import { pictureRoute } from './http/pictures.ts';
import { type Route, createHttpServer } from './http/server.ts';
import { headsFile } from './heads-file.ts';
import { type Identifier, createIdentifier } from './inbound/identify.ts';
import { createInbound } from './inbound/index.ts';
import { measured } from './inbound/measured.ts';
import { deriveKeys } from './keys.ts';
import type { Log } from './log.ts';
import { NOBODY, namesFor } from './messages/names.ts';
import { mcpRoute } from './mcp/route.ts';
import { createSender } from './messages/sender.ts';
import { createStanding } from './messages/standing.ts';
import type { AdapterDeps, Platform } from './platforms/platform.ts';
import type { Vitals } from './queries/doctor.ts';
import { VITALS, readVitals } from './queries/vitals.ts';
import { openTelemetry } from './telemetry/open.ts';
import { type Connected, connectTenants } from './tenants/connect.ts';
import { createInstallations } from './tenants/installations.ts';
import { createAddresses, createOrgOf } from './tenants/org-of.ts';
import { createViews } from './views/index.ts';
import { VERSION } from './version.ts';
import { makeDocument } from './views/documents.ts';
import { drawPicture } from './views/pictures.ts';

export interface Options {
  readonly databaseUrl: string;
  /** The database is thrown away at the end: see OpenOptions. */
  readonly passing?: boolean;
  /** 32 bytes from which all keys are derived. */
  readonly masterKey: Uint8Array;
  /** Keys that were replaced; see Keys. */
  readonly oldKeys?: readonly Uint8Array[];
  readonly log: Log;
  readonly clock?: Clock;
  readonly wall?: Wall;
  /** Where the platforms reach this process; a function when the port is not known yet. */
  readonly publicUrl: () => string | undefined;
  /** Verified addresses of those who are admins from the start, lower case. */
  readonly admins: readonly string[];
  /** Where exported heads of the audit chain are added. */
  readonly headsFile?: string;
  /** Of organisations that are founded by installing, where the platform does not say. Default UTC. */
  readonly timeZone?: string;
  /** Asked every five minutes while all is well. */
  readonly heartbeatUrl?: () => string;
  /** Least time between two posts into one conversation, in ms. Slack takes about one a second. */
  readonly spacingMs?: number;
  /** Requests that one token may make in a minute, in this process. Default API_RATE. */
  readonly apiRate?: number;
  /** An OpenTelemetry collector over HTTP. */
  readonly collectorUrl?: string;
  /** Who asks for /metrics has to have it; without one only this machine may ask. */
  readonly metricsToken?: () => string;
}

/** One process, put together but not started. */
export interface Coxswain {
  readonly app: App;
  readonly engine: Engine;
  /** Watches over the escalator. It starts and stops with the engine. */
  readonly watchman: Watchman;
  readonly deps: AdapterDeps;
  readonly identifier: Identifier;
  /** Answered in this order; routes can be added until the end. */
  readonly routes: Route[];
  readonly server: Server;
  add(platform: Platform): void;
  platforms(): readonly Platform[];
  /**
   * Starts a platform, and binds the tenants of the configuration's own credentials: the first to this organisation.
   * Undefined where the configuration has none.
   */
  connect(org: string | undefined, platform: Platform): Promise<readonly Connected[]>;
  vitals(): Vitals;
  /** Runs what is due and waits until everything that follows has been shown. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Requests that are under way when the process is told to stop get this long. */
const STOP_GRACE_MS = 5000;

/** Requests a minute of one token: more than any sender of numbers needs, and less than what holds up people. */
const API_RATE = 6000;

/** Puts the parts together. Nothing listens and nothing runs yet. */
export async function assemble(options: Options): Promise<Coxswain> {
  const { log, clock = systemClock, wall = realWall } = options;
  const store = await openStore(options.databaseUrl, {
    wall,
    log,
    ...(options.passing === undefined ? {} : { passing: options.passing }),
  });
  const keys = deriveKeys(options.masterKey, options.oldKeys);
  const platforms = new Map<PlatformKind, Platform>();
  const engineBox: { engine?: Engine } = {};
  const telemetry = await openTelemetry({
    version: VERSION,
    gauges: { described: VITALS, read: () => readVitals(app, engineBox.engine?.health().lastTick) },
    ...(options.collectorUrl === undefined ? {} : { collector: options.collectorUrl }),
  });
  const app: App = {
    store,
    clock,
    wall,
    keys,
    log,
    telemetry,
    heads: options.headsFile === undefined ? undefined : headsFile(options.headsFile),
    standing: createStanding((kind) => platforms.get(kind)?.outbound),
    kick: () => engineBox.engine?.kick(),
  };

  const outboundOf = { get: (kind: PlatformKind) => platforms.get(kind)?.outbound };
  const send = createSender({
    app,
    platforms: outboundOf,
    views: createViews(app),
    spacingMs: options.spacingMs ?? 1100,
  });
  const ran = createRunLog(app);
  const run = ran.watching(createRunner(app, send));
  const works =
    store.engine === 'postgres'
      ? await (await import('../jobs/boss.ts')).createBossEngine(app, run, options.databaseUrl)
      : createEngine(app, run);
  const watchman = createWatchman(app, works.health, heartbeatTo(options.heartbeatUrl));
  const life: { phase: Phase } = { phase: 'starting' };
  const engine: Engine = {
    ...works,
    async start() {
      await works.start();
      life.phase = 'working';
      await watchman.start();
    },
    async stop() {
      await watchman.stop();
      await works.stop();
    },
  };
  engineBox.engine = engine;

  const identifier = createIdentifier(app, { outbound: outboundOf.get, admins: options.admins });
  const vitals = (): Vitals => ({
    platforms: [...platforms.keys()],
    publicUrl: options.publicUrl(),
    ...engine.health(),
    outside: outsideOf(options, store.engine),
    jobs: ran.health,
    examine: (kind, tenant, channels) => outboundOf.get(kind)?.examine?.(tenant, channels),
  });
  const inbound = measured(telemetry, createInbound(app, { identifier, vitals }));
  const orgOf = createOrgOf(store);
  const deps: AdapterDeps = {
    inbound,
    // Cards without people are shown in workspaces that belong to nobody, too: they say so.
    names: async (kind, tenant, ids) =>
      ids.length === 0 ? NOBODY : namesFor(store.read, await orgOf(kind, tenant), kind, tenant, ids),
    addresses: createAddresses(app, options.publicUrl),
    installations: createInstallations(app, options.timeZone ?? 'UTC'),
    drawPicture: async (kind, tenant, picture) =>
      renderPng(await drawPicture(app, await orgOf(kind, tenant), picture)),
    log,
    wall,
  };

  const gate = createGate(app, createLimiter(options.apiRate ?? API_RATE, wall));
  const routes: Route[] = [
    ...healthRoutes(() => ({
      phase: life.phase,
      silence: silenceOf(engine, wall),
      database: () => orgById(store.read, ''),
    })),
    metricsRoute(telemetry.exposition!, options.metricsToken),
    pictureRoute(keys, async (org, name, args, reader) =>
      renderPng(await drawPicture(app, org, { name, args, reader })),
    ),
    fileRoute(
      keys,
      () => wall.now(),
      (org, name, args, reader) => makeDocument(app, org, { name, args, reader }),
    ),
    ...apiRoutes(app, gate, VERSION),
    mcpRoute(app, gate, { version: VERSION, publicUrl: options.publicUrl }),
  ];
  const server = createHttpServer(routes, log, telemetry);

  return {
    app,
    engine,
    watchman,
    deps,
    identifier,
    routes,
    server,
    vitals,
    add(platform) {
      platforms.set(platform.kind, platform);
      routes.push(...platform.routes);
    },
    platforms: () => [...platforms.values()],
    async connect(org, platform) {
      const tenants = await platform.start();
      return org === undefined ? [] : connectTenants(app, org, platform.kind, tenants);
    },
    async settle() {
      await engine.drain();
      await Promise.all([...platforms.values()].map((platform) => platform.idle()));
      await engine.drain();
    },
    async stop() {
      life.phase = 'stopping';
      await closeServer(server, STOP_GRACE_MS);
      await engine.stop();
      await Promise.all([...platforms.values()].map((platform) => platform.idle()));
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await telemetry.stop();
      await store.close();
    },
  };
}

function silenceOf(engine: Engine, wall: Wall): number | undefined {
  const { lastTick } = engine.health();
  return lastTick === undefined ? undefined : wall.now() - lastTick;
}

/** The environment as it may be shown to people of the organisation: no secret, and no address that could hold one. */
const outsideOf = (options: Options, engine: Store['engine']) => [
  { variable: 'DATABASE_URL', says: engine },
  { variable: 'PUBLIC_URL', says: options.publicUrl() ?? 'not set' },
  { variable: 'COXSWAIN_ADMINS', says: `${options.admins.length} addresses` },
  { variable: 'COXSWAIN_HEADS_FILE', says: options.headsFile ?? 'not set' },
  { variable: 'COXSWAIN_API_RATE', says: `${options.apiRate ?? API_RATE} requests a minute and token` },
  { variable: 'HEARTBEAT_URL', says: options.heartbeatUrl === undefined ? 'not set' : 'set' },
];

/** Tells somebody outside that this Coxswain is well; undefined where nobody wants to know. */
const heartbeatTo = (url: (() => string) | undefined): (() => Promise<void>) | undefined =>
  url === undefined
    ? undefined
    : async () => {
        const { status } = await fetchOutside(url());
        if (status < 200 || status > 299) throw unavailable(`it answered with status ${status}`);
      };
