import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Cloud, type CloudSetup, createCloud } from '../../sandbox/slack/cloud.ts';
import { type MoveableClock, frozenClock } from '../../src/clock.ts';
import { type Coxswain, assemble } from '../../src/coxswain.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { type Log, silentLog } from '../../src/log.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { SCOPES } from '../../src/platforms/slack/scopes.ts';
import { berlin } from './coxswain.ts';
import { type Engine, freshUrl } from './databases.ts';
import { type MovingWall, movingWall } from './wall.ts';

export const CLIENT = { clientId: '111.222', clientSecret: 'client-secret-of-a-test' };
const SIGNING_SECRET = 'signing-secret-of-a-test';

const BOT = 'U0COXSWAIN';
const ANA = {
  id: 'U0ANA',
  name: 'Ana Flores',
  email: 'ana@one.example',
  zone: 'Europe/Berlin',
  handle: 'ana',
};
const BO = { id: 'U0BO', name: 'Bo Lindqvist', email: 'bo@one.example', zone: 'Europe/Berlin', handle: 'bo' };
const channel = { id: 'C0CLAIMS', name: 'claims', members: [ANA.id, BO.id] };
const same = { people: [ANA, BO], channels: [channel], botUserId: BOT, scopes: Object.keys(SCOPES) };

/** Two workspaces whose people and channels have the same ids, as two companies may have them. */
const TWO_COMPANIES = [
  { ...same, team: { id: 'T1ONE', name: 'One Harbour' } },
  { ...same, team: { id: 'T2TWO', name: 'Two Harbour' } },
];

/** Two workspaces of one Grid: people have one id in all of it. */
const GRID = { id: 'E0GRID', name: 'Grid Holding' };
export const ONE_GRID = [
  { ...same, team: { id: 'T1ONE', name: 'Claims' }, enterprise: GRID },
  {
    ...same,
    channels: [{ id: 'C0LEGAL', name: 'legal', members: [BO.id] }],
    team: { id: 'T2TWO', name: 'Legal' },
    enterprise: GRID,
  },
];

export interface OAuthCoxswain {
  /** Copies of Coxswain on one database; Slack sends its requests to the first. */
  readonly copies: readonly { readonly coxswain: Coxswain; readonly url: string }[];
  readonly cloud: Cloud;
  readonly wall: MovingWall;
  readonly clock: MoveableClock;
  settle(): Promise<void>;
  /** Somebody in a browser of their own. */
  browser(): Browser;
}

export interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface Browser {
  /** The page for installing. */
  begin(): Promise<Page>;
  /** Follows the button to Slack and allows it there; returns the address to which Slack sends back. */
  allow(page: Page, choice: string): Promise<string>;
  open(address: string): Promise<Page>;
  /** All of it: `team=T1ONE`, `team=T1ONE&org=1`. */
  install(choice: string): Promise<Page>;
}

interface Options {
  readonly workspaces?: CloudSetup['workspaces'];
  readonly copies?: number;
  readonly expiresIn?: number;
  readonly log?: Log;
  readonly databaseUrl?: string;
}

async function listening(server: ReturnType<typeof createHttpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Coxswain without any token of its own, and a Slack with several workspaces, over real HTTP. */
export async function startOAuth(engine: Engine, options: Options = {}): Promise<OAuthCoxswain> {
  const wall = movingWall();
  const clock = frozenClock(berlin('11-09 10:00'));
  const databaseUrl = options.databaseUrl ?? (await freshUrl(engine, { migrated: true }));
  const box: { cloud?: string; events?: string } = {};
  const cloud = createCloud({
    ...CLIENT,
    signingSecret: SIGNING_SECRET,
    eventsUrl: () => `${box.events}/slack/events`,
    origin: () => box.cloud ?? '',
    wall,
    workspaces: options.workspaces ?? TWO_COMPANIES,
    ...(options.expiresIn === undefined ? {} : { expiresIn: options.expiresIn }),
  });
  const server = createHttpServer(cloud.routes, silentLog);
  box.cloud = await listening(server);
  onTestFinished(() => void server.close());

  const copies = await Promise.all(
    Array.from({ length: options.copies ?? 1 }, async () => {
      const own: { url?: string } = {};
      const coxswain = await assemble({
        databaseUrl,
        masterKey: new Uint8Array(32).fill(7),
        log: options.log ?? silentLog,
        clock,
        wall,
        publicUrl: () => own.url,
        admins: ['ana@one.example'],
        timeZone: 'Europe/Berlin',
        spacingMs: 0,
      });
      const oauth = { ...CLIENT, publicUrl: () => own.url ?? '' };
      const slack = createSlack(
        { oauth, signingSecret: SIGNING_SECRET, apiUrl: cloud.apiUrl(), strict: true },
        coxswain.deps,
      );
      coxswain.add(slack);
      own.url = await listening(coxswain.server);
      onTestFinished(() => coxswain.stop());
      expectNothing(await coxswain.connect(undefined, slack));
      return { coxswain, url: own.url };
    }),
  );
  const [first] = copies;
  box.events = first!.url;
  const settle = async () => {
    for (const { coxswain } of copies) await coxswain.settle();
  };
  return { copies, cloud, wall, clock, settle, browser: () => browserAt(first!.url) };
}

function expectNothing(tenants: readonly unknown[]): void {
  if (tenants.length > 0) throw new Error('the configuration has no tenant');
}

function browserAt(url: string): Browser {
  let cookie = '';
  const open = async (address: string): Promise<Page> => {
    const answer = await fetch(address, { headers: cookie === '' ? {} : { cookie }, redirect: 'manual' });
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const begin = () => open(`${url}/slack/install`);
  const allow = async (page: Page, choice: string): Promise<string> => {
    const href = /class="button" href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answer = await fetch(`${href}&${choice}`, { redirect: 'manual' });
    return answer.headers.get('location') ?? '';
  };
  return { begin, allow, open, install: async (choice) => open(await allow(await begin(), choice)) };
}
