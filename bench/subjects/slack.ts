import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { postDigestNow } from '../../src/actions/digest/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { answerParent } from '../child.ts';
import { DIGEST_CHANNEL, SIGNING_SECRET } from '../names.ts';
import { type Company, addManySeats, foundCompany, keyOfMany, periodsBack } from './company.ts';
import { type Subject, residentBytes, startSubject } from './coxswain.ts';

const BATCHES = 100;
const BATCH = 1000;

const box: { subject?: Subject; company?: Company; channel?: string; ingested: number; backups: number } = {
  ingested: 0,
  backups: 0,
};

/** What keeps the process busy while commands come: 100,000 readings, a digest of a thousand seats, a backup. */
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
  const backup = async () => {
    const file = join(folder, `backup-${(box.backups += 1)}.db`);
    await coxswain.app.store.backup!(file);
    await rm(file);
  };
  const [digestMs, ingestMs, backupMs] = await Promise.all([
    spent(digest()),
    spent(ingest()),
    spent(backup()),
  ]);
  return { digestMs, ingestMs, backupMs };
}

answerParent({
  async start({ standIn }: { standIn: number }) {
    const apiUrl = `http://127.0.0.1:${standIn}/api/`;
    const slack = { botToken: 'xoxb-bench', signingSecret: SIGNING_SECRET, apiUrl };
    box.subject = await startSubject((deps) => createSlack(slack, deps));
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
  busy,
  rss: residentBytes,
});
