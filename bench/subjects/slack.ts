import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { postDigestNow } from '../../src/actions/digest/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { sweepDrift } from '../../src/actions/drift/index.ts';
import { actionNamed } from '../../src/actions/index.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { createToken } from '../../src/actions/token/index.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { answerParent } from '../child.ts';
import { DIGEST_CHANNEL, SIGNING_SECRET } from '../names.ts';
import { type Company, addManySeats, foundCompany, keyOfMany, periodsBack } from './company.ts';
import { type Subject, residentBytes, startSubject } from './coxswain.ts';

const BATCHES = 100;
const BATCH = 1000;
const ISSUES = 100;
/** Requests a minute of one token: far more than any benchmark sends. */
const RATE = 1_000_000_000;

interface Box {
  subject?: Subject;
  company?: Company;
  channel?: string;
  ingested: number;
  backups: number;
  tokens: number;
}

const box: Box = { ingested: 0, backups: 0, tokens: 0 };

/**
 * What keeps the process busy while commands come: 100,000 readings, a digest of a thousand seats, every number judged
 * for drift, a hundred issues whose chains take their first step, a backup. Readings over HTTP come from outside.
 */
async function busy(): Promise<{ digestMs: number; ingestMs: number; backupMs: number }> {
  const { coxswain, org, tenant, folder } = box.subject!;
  const company = box.company!;
  const { ana, act } = company;
  const channel = (box.channel ??= await addManySeats(coxswain, org, company, tenant, DIGEST_CHANNEL));
  const since = performance.now();
  const spent = async (work: Promise<unknown>): Promise<number> => {
    await work;
    return performance.now() - since;
  };

  const digest = async () => {
    await act(ana, postDigestNow, { channel });
    await coxswain.engine.drain();
  };
  const ingest = async () => {
    // Each run fills weeks that no run before it has filled.
    const periods = periodsBack(box.ingested + BATCHES, coxswain.app.clock.now()).slice(0, BATCHES);
    box.ingested += BATCHES;
    for (const period of periods) {
      const readings = Array.from({ length: BATCH }, (_, i) => ({
        seat: keyOfMany(i),
        metric: 'acceptance',
        value: i === 0 ? 50 : 92,
        period,
      }));
      await act(ana, logReadings, { readings });
    }
  };
  const sweep = async () => {
    const ctx = { ...coxswain.app, org, actor: { kind: 'system', cause: 0 } as const };
    for (const { action, input } of await sweepDrift(coxswain.app.store.read, org, 0))
      await perform(ctx, actionNamed(action), input);
  };
  const escalate = async () => {
    for (let i = 0; i < ISSUES; i += 1)
      await act(ana, newIssue, { seat: keyOfMany(i), title: 'Answers cite a repealed rule', severity: 2 });
    await coxswain.engine.drain();
  };
  const backup = async () => {
    const file = join(folder, `backup-${(box.backups += 1)}.db`);
    await coxswain.app.store.backup!(file);
    await rm(file);
  };
  const [digestMs, ingestMs, backupMs] = await Promise.all([
    spent(digest()),
    spent(ingest()),
    spent(backup()),
    sweep(),
    escalate(),
  ]);
  return { digestMs, ingestMs, backupMs };
}

answerParent({
  async start({ standIn }: { standIn: number }) {
    const apiUrl = `http://127.0.0.1:${standIn}/api/`;
    const slack = { botToken: 'xoxb-bench', signingSecret: SIGNING_SECRET, apiUrl };
    box.subject = await startSubject((deps) => createSlack(slack, deps), { apiRate: RATE });
    const { coxswain, org, tenant, port } = box.subject;
    box.company = await foundCompany(coxswain, org, 'slack', tenant);
    return port;
  },
  /** The thousand seats, made before anything is measured. */
  async enlarge() {
    const { coxswain, org, tenant } = box.subject!;
    box.channel ??= await addManySeats(coxswain, org, box.company!, tenant, DIGEST_CHANNEL);
    await coxswain.engine.drain();
  },
  async token() {
    const { coxswain, org } = box.subject!;
    const actor = { kind: 'person', person: box.company!.ana } as const;
    return (
      await perform({ ...coxswain.app, org, actor }, createToken, { name: `bench-${(box.tokens += 1)}` })
    ).token;
  },
  busy,
  rss: residentBytes,
});
