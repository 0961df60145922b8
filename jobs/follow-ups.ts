import { claimFollowUp, endFollowUp, followUpsDue } from '../db/work.ts';
import { actionNamed } from '../src/actions/index.ts';
import { perform } from '../src/actions/perform.ts';
import { MINUTE, SECOND } from '../src/clock.ts';
import type { App } from '../src/context.ts';
import { CoxswainError } from '../src/errors.ts';
import { quietReason } from '../src/log.ts';

const TRIES = 10;

export const dueFollowUps = (app: App, limit: number) =>
  followUpsDue(app.store.read, app.clock.now(), app.wall.now(), limit);

/** Runs one follow-up as `system`. What is refused for good is kept as failed, for the doctor; the rest is tried again. */
export async function runFollowUp(app: App, { org, id }: { org: string; id: string }): Promise<void> {
  const row = await app.store.write((tx) =>
    claimFollowUp(tx, org, id, app.clock.now(), app.wall.now(), MINUTE),
  );
  if (row === undefined) return;
  try {
    const ctx = { ...app, org, actor: { kind: 'system', cause: row.cause } as const };
    const action = actionNamed(row.action);
    const { read: tx } = app.store;
    const idle = await action.idle?.({ tx, org, now: app.clock.now(), input: row.input });
    if (idle !== true) await perform(ctx, action, row.input, `follow-up:${id}`);
    await app.store.write((tx) => endFollowUp(tx, org, id, { state: 'done' }));
  } catch (error) {
    const message = quietReason(error);
    const final = row.tries >= TRIES || (error instanceof CoxswainError && error.code !== 'unavailable');
    app.log.error({ err: error, followUp: id, action: row.action, final }, 'a follow-up failed');
    const again = {
      state: 'waiting',
      tryAt: app.wall.now() + 2 ** row.tries * SECOND,
      error: message,
    } as const;
    await app.store.write((tx) =>
      endFollowUp(tx, org, id, final ? { state: 'failed', error: message } : again),
    );
  }
}
