import { ESCALATION } from './escalation.ts';
import type { Aim, Pair } from './figure.ts';
import { chartPng } from './chart.ts';
import { driftSpeed } from './drift-speed.ts';
import type { Drive } from './load/drive.ts';
import { DIGEST } from './digest.ts';
import { ingest, whileLogging } from './ingest.ts';
import { importRows } from './import.ts';
import { readiness } from './readiness.ts';
import type { Stage } from './stage.ts';
import { startMs, startBareMs } from './start.ts';

/** One figure: how one interleaved pair of it is measured. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly aim: Aim;
  /** Before the first pair. */
  readonly warmUp?: (stage: Stage) => Promise<void>;
  readonly pair: (stage: Stage) => Promise<Pair>;
}

const CONNECTIONS = 32;
const MB = 1024 * 1024;

type Typed = Pick<Drive, 'lines' | 'visible'> & { readonly expect?: string };

const HELP: Typed = { lines: ['help'], visible: 'response', expect: 'What Coxswain can do' };
const SEAT: Typed = { lines: ['seat show claims'], visible: 'response', expect: 'Claims triage' };
const FORM: Typed = { lines: ['score quick claims'], visible: 'arrival' };
const FULL_FORM: Typed = { lines: ['score claims'], visible: 'arrival' };
/** What people type on a Monday; one of eight changes something. */
const MIXED: Typed = {
  lines: [
    'seat show claims',
    'help',
    'me',
    'issue list',
    'seat show claims',
    'score history claims',
    'help log',
    'log claims acceptance 91.5',
  ],
  visible: 'response',
};

const slackDrive = (typed: Typed, port: number): Drive => ({
  ...typed,
  surface: 'slack',
  port,
  connections: CONNECTIONS,
});
const bareDrive = (port: number): Drive =>
  slackDrive({ lines: ['help'], visible: 'response', expect: 'constant' }, port);

/** Requests a second to the visible answer, against Bolt alone. */
const slackRate = (name: string, typed: Typed, ratio: number, count: number): Measure => ({
  name: `slack.${name}`,
  unit: '/s',
  aim: { ratio },
  async warmUp(stage) {
    await stage.closed(bareDrive((await stage.slackBare()).port), 4000);
    await stage.closed(slackDrive(typed, (await stage.slack()).port), 4000);
  },
  async pair(stage) {
    const bare = await stage.closed(bareDrive((await stage.slackBare()).port), count);
    const ours = await stage.closed(slackDrive(typed, (await stage.slack()).port), count);
    return { value: ours.perSecond, limit: bare.perSecond };
  },
});

const teamsDrive = (port: number): Drive => ({
  surface: 'teams',
  lines: ['help'],
  visible: 'arrival',
  port,
  connections: CONNECTIONS,
});

const teamsHelp: Measure = {
  name: 'teams.help',
  unit: '/s',
  aim: { ratio: 0.7 },
  async warmUp(stage) {
    await stage.closed(teamsDrive((await stage.teamsBare()).port), 2000);
    await stage.closed(teamsDrive((await stage.teams()).port), 2000);
  },
  async pair(stage) {
    const bare = await stage.closed(teamsDrive((await stage.teamsBare()).port), 2000);
    const ours = await stage.closed(teamsDrive((await stage.teams()).port), 2000);
    return { value: ours.perSecond, limit: bare.perSecond };
  },
};

const ackP99: Measure = {
  name: 'slack.ack_p99_ms',
  unit: 'ms',
  aim: { atMost: 100 },
  warmUp: async (stage) => void (await stage.closed(slackDrive(MIXED, (await stage.slack()).port), 2000)),
  async pair(stage) {
    const bare = await stage.closed(bareDrive((await stage.slackBare()).port), 4000);
    const ours = await stage.closed(slackDrive(MIXED, (await stage.slack()).port), 4000);
    return { value: ours.p99, limit: bare.p99 };
  },
};

/** The full form, acknowledged and shown. */
const fullFormP99: Measure = {
  name: 'score.form_p99_ms',
  unit: 'ms',
  aim: { atMost: 100 },
  warmUp: async (stage) => void (await stage.closed(slackDrive(FULL_FORM, (await stage.slack()).port), 2000)),
  async pair(stage) {
    const bare = await stage.closed(bareDrive((await stage.slackBare()).port), 4000);
    const ours = await stage.closed(slackDrive(FULL_FORM, (await stage.slack()).port), 4000);
    return { value: ours.p99, limit: bare.p99 };
  },
};

const BUSY_RATE = 50;
const BARE_SECONDS = 4;

const ackP99Busy: Measure = {
  name: 'slack.ack_p99_busy_ms',
  unit: 'ms',
  aim: { atMost: 250 },
  warmUp: async (stage) => void (await (await stage.slack()).child.ask('enlarge')),
  async pair(stage) {
    const { child, port } = await stage.slack();
    const pause = () => new Promise((resolve) => void setTimeout(resolve, BARE_SECONDS * 1000));
    const bare = await stage.during(bareDrive((await stage.slackBare()).port), BUSY_RATE, pause);
    const token = await child.ask<string>('token');
    const busy = () => whileLogging({ port, token }, BUSY_RATE, () => child.ask('busy'));
    const ours = await stage.during(slackDrive(MIXED, port), BUSY_RATE, busy);
    return { value: ours.driven.p99, limit: bare.driven.p99 };
  },
};

const COMMANDS = 50_000;

/** How much memory 50,000 commands leave behind, after warming up and a full collection on both sides. */
const memory: Measure = {
  name: 'memory.growth_mb',
  unit: 'MB',
  aim: { atMost: 20 },
  async warmUp(stage) {
    await stage.closed(bareDrive((await stage.slackBare()).port), 10_000);
    await stage.closed(slackDrive(MIXED, (await stage.slack()).port), 10_000);
  },
  async pair(stage) {
    const grown = async (child: { ask<T>(question: string): Promise<T> }, drive: Drive) => {
      const before = await child.ask<number>('rss');
      await stage.closed(drive, COMMANDS);
      return ((await child.ask<number>('rss')) - before) / MB;
    };
    const bare = await stage.slackBare();
    const ours = await stage.slack();
    const limit = await grown(bare.child, bareDrive(bare.port));
    return { value: await grown(ours.child, slackDrive(MIXED, ours.port)), limit };
  },
};

const listening: Measure = {
  name: 'start.listening_ms',
  unit: 'ms',
  aim: { atMost: 2000 },
  async pair() {
    const limit = await startBareMs();
    return { value: await startMs(), limit };
  },
};

/** In the order in which they are measured. */
export const MEASURES: readonly Measure[] = [
  slackRate('help', HELP, 0.7, 6000),
  slackRate('seat_show', SEAT, 0.35, 4000),
  slackRate('score_form', FORM, 0.35, 4000),
  teamsHelp,
  ackP99,
  fullFormP99,
  ackP99Busy,
  memory,
  listening,
  chartPng,
  driftSpeed,
  ingest('batch', { rows: 1000, transactions: 30, connections: 2 }, 0.5),
  ingest('single', { rows: 1, transactions: 2000, connections: 8 }, 0.25),
  importRows,
  readiness,
  ...DIGEST,
  ...ESCALATION,
];
