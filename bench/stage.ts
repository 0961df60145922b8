import { type Child, startChild } from './child.ts';
import type { Drive, Driven } from './load/drive.ts';

/** A server under load in a process of its own. */
interface Subject {
  readonly child: Child;
  readonly port: number;
}

/** The processes of one benchmark run: whoever asks for one first starts it. */
export interface Stage {
  slack(): Promise<Subject>;
  slackBare(): Promise<Subject>;
  teams(): Promise<Subject>;
  teamsBare(): Promise<Subject>;
  ingest(): Promise<Subject>;
  readiness(): Promise<Subject>;
  /** It listens nowhere. */
  imports(): Promise<Subject>;
  /** It listens nowhere. */
  digest(): Promise<Subject>;
  /** It listens nowhere. */
  escalation(): Promise<Subject>;
  /** `count` requests in a closed loop. */
  closed(drive: Drive, count: number): Promise<Driven>;
  /** Requests at a fixed rate for as long as `work` takes. */
  during<T>(drive: Drive, perSecond: number, work: () => Promise<T>): Promise<{ driven: Driven; result: T }>;
  stop(): Promise<void>;
}

/** With `profiles`, each subject leaves a CPU profile in that folder. */
export async function openStage(profiles?: string): Promise<Stage> {
  const load = startChild('load/main.ts');
  const standIn = await load.ask<number>('port');
  const started = new Map<string, Promise<Subject>>();

  const once =
    (script: string, question: string, execArgv: readonly string[] = []) =>
    (): Promise<Subject> => {
      const known = started.get(script);
      if (known !== undefined) return known;
      const profiling = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
      const child = startChild(script, [...execArgv, ...profiling]);
      const subject = child.ask<number>(question, { standIn }).then((port) => ({ child, port }));
      started.set(script, subject);
      return subject;
    };

  return {
    slack: once('subjects/slack.ts', 'start', ['--expose-gc']),
    slackBare: once('subjects/slack-bare.ts', 'port', ['--expose-gc']),
    teams: once('subjects/teams.ts', 'start'),
    teamsBare: once('subjects/teams-bare.ts', 'port'),
    ingest: once('subjects/ingest.ts', 'start'),
    readiness: once('subjects/readiness.ts', 'start'),
    imports: once('subjects/import.ts', 'start'),
    digest: once('subjects/digest.ts', 'start'),
    escalation: once('subjects/escalation.ts', 'start'),
    closed: (drive, count) => load.ask('closed', { drive, count }),
    async during(drive, perSecond, work) {
      await load.ask('begin', { drive, perSecond });
      const result = await work();
      return { driven: await load.ask<Driven>('finish'), result };
    },
    async stop() {
      const subjects = await Promise.all(started.values());
      await Promise.all([load.stop(), ...subjects.map(({ child }) => child.stop())]);
    },
  };
}
