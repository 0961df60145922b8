import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../commands/index.ts';
import { moveClock } from '../jobs/engine.ts';
import { allOrgs } from '../db/orgs.ts';
import { createOrg } from '../src/actions/org/index.ts';
import type { App } from '../src/context.ts';
import { invalid } from '../src/errors.ts';
import { type MoveableClock, type Wall, runningClock, wall as realWall } from '../src/clock.ts';
import type { Config } from '../src/config.ts';
import { type Coxswain, assemble } from '../src/coxswain.ts';
import { sandboxKey } from '../src/data-key.ts';
import type { Route } from '../src/http/server.ts';
import type { Log } from '../src/log.ts';
import { type Running, listen } from '../src/main.ts';
import { createSlack } from '../src/platforms/slack/index.ts';
import { createTeams } from '../src/platforms/teams/index.ts';
import { CHANNELS, MEETINGS, PEOPLE, TEAM, ZONE } from './company.ts';
import { disconnect } from './disconnect.ts';
import { exampleStart, makeExample, meetEverybody } from './example.ts';
import { type Sandbox, createSandbox } from './index.ts';
import { createRehearsal } from './rehearsal.ts';
import { type TeamsSandbox, TENANT, createTeamsSandbox } from './teams/index.ts';

export interface SandboxOptions {
  /** Without the example company. */
  readonly empty?: boolean;
  readonly clock?: MoveableClock;
  readonly wall?: Wall;
  /** Work starts by itself every second; tests drain by hand. Default true. */
  readonly ticking?: boolean;
  /** Requests a minute of one API token. */
  readonly apiRate?: number;
  /** Overrides where the data is kept. */
  readonly databaseUrl?: string;
}

export interface RunningSandbox extends Running {
  readonly coxswain: Coxswain;
  readonly clock: MoveableClock;
  readonly slack: Sandbox;
  readonly teams: TeamsSandbox;
  readonly org: () => string;
}

interface SandboxDatabase {
  readonly url: string;
  /** It goes when the sandbox stops. */
  readonly passing: boolean;
  readonly remove: () => void;
}

/**
 * A database of the sandbox's own: it is made anew at every start, the configured one may hold something dear, and two
 * sandboxes may run side by side. Returns how to remove it.
 */
function freshDatabase(config: Config): SandboxDatabase {
  const url = config.databaseUrl();
  if (!url.startsWith('file:')) return { url, passing: false, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'coxswain-sandbox-'));
  return {
    url: `file:${join(folder, 'sandbox.db')}`,
    passing: true,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Who opens the bare address wants the page. */
const toPage: Route['handle'] = (_req, res) => void res.writeHead(302, { location: '/sandbox' }).end();

/** The sandbox never stands beside a real organisation: what is played would reach real people. */
async function refuseRealOrgs(app: App): Promise<void> {
  if ((await allOrgs(app.store.read)).every((org) => org.sandbox)) return;
  throw invalid(
    'This database holds a real organisation, and the sandbox does not touch it. Set the credentials of Slack or Teams, or give the sandbox another database.',
    {
      hint: 'DATABASE_URL=',
    },
  );
}

/** Coxswain with a chat workspace of its own in this process: the real adapters, no account. */
export async function startSandbox(
  config: Config,
  log: Log,
  options: SandboxOptions = {},
): Promise<RunningSandbox> {
  const wall = options.wall ?? realWall;
  const apiRate = options.apiRate ?? config.apiRate;
  const clock =
    options.clock ?? runningClock(options.empty === true ? wall.now() : exampleStart(wall.now()), wall);
  const box: {
    url?: string;
    org?: string;
    adminCode?: string;
    rehearsal?: ReturnType<typeof createRehearsal>;
  } = {};
  const baseUrl = () => box.url ?? '';
  const signingSecret = randomBytes(16).toString('hex');
  const botToken = `xoxb-sandbox-${randomBytes(16).toString('hex')}`;

  const database =
    options.databaseUrl === undefined
      ? freshDatabase(config)
      : { url: options.databaseUrl, passing: false, remove: () => undefined };
  const coxswain = await assemble({
    databaseUrl: database.url,
    passing: database.passing,
    masterKey: config.encryptionKey?.() ?? sandboxKey(config.dataFolder),
    log,
    clock,
    wall,
    publicUrl: () => box.url,
    admins: [],
    spacingMs: 0,
    ...(apiRate === undefined ? {} : { apiRate }),
    ...(config.collectorUrl === undefined ? {} : { collectorUrl: config.collectorUrl }),
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  });
  const { app, engine, deps } = coxswain;

  const slack = createSandbox({
    wall,
    workspace: {
      team: TEAM,
      people: PEOPLE,
      channels: CHANNELS,
      botUserId: 'U0COXSWAIN',
      botName: 'Coxswain',
      botToken,
      signingSecret,
      eventsUrl: () => `${baseUrl()}/slack/events`,
      ...(options.ticking === false ? { settle: () => coxswain.settle() } : {}),
    },
    host: {
      zone: ZONE,
      now: () => clock.now(),
      advance: (to) => moveClock(app, engine, clock, to),
      play: (to) => (box.rehearsal?.advance ?? ((at) => moveClock(app, engine, clock, at)))(to),
      reset,
      commands: () =>
        COMMANDS.flatMap((c) =>
          c.verbs.map((v) => ({ usage: v.usage, summary: v.summary, examples: c.examples })),
        ),
    },
  });
  const teams = createTeamsSandbox({ people: PEOPLE, channels: CHANNELS, chats: MEETINGS, baseUrl });

  coxswain.routes.push({ path: '/', handle: toPage }, ...slack.routes, ...teams.routes);

  async function begin(): Promise<void> {
    const { id, adminCode } = await createOrg(app, { name: TEAM.name, zone: ZONE, sandbox: true });
    box.org = id;
    box.adminCode = adminCode;
    for (const platform of coxswain.platforms()) await coxswain.connect(id, platform);
    // On Slack first: where somebody is met first is where their direct messages go.
    const people = await meetEverybody(coxswain, id);
    await teams.client.install();
    if (options.empty === true) return;
    await makeExample({ coxswain, clock, org: id, adminCode, people });
    box.rehearsal = createRehearsal({ coxswain, clock, org: id, people });
  }

  async function reset(): Promise<void> {
    await engine.drain();
    await disconnect(app);
    slack.workspace.reset();
    teams.connector.workspace.reset();
    await begin();
  }

  const port = await listen(coxswain, config);
  box.url = `http://127.0.0.1:${port}`;
  coxswain.add(createSlack({ botToken, signingSecret, apiUrl: slack.apiUrl(), strict: true }, deps));
  coxswain.add(
    createTeams(
      {
        sandbox: true,
        tenantId: TENANT,
        cloud: { serviceUrl: teams.serviceUrl(), webUrl: teams.serviceUrl() },
      },
      deps,
    ),
  );
  await refuseRealOrgs(app);
  await disconnect(app);
  await begin();
  if (options.ticking !== false) await engine.start();
  return {
    url: box.url,
    greeting: [
      `Coxswain is running. Open  ${box.url}/sandbox`,
      'No account is needed; everything stays on this machine. Stop it with Ctrl-C.',
      ...(options.empty === true
        ? [`The workspace is empty. Become admin by typing:  /pilot admin claim ${box.adminCode}`]
        : []),
    ],
    coxswain,
    clock,
    slack,
    teams,
    org: () => box.org!,
    async stop() {
      await slack.stop();
      await coxswain.stop();
      database.remove();
    },
  };
}
