import { describe, expect, test } from 'vitest';
import { personalConversation } from '../../sandbox/teams/index.ts';
import { PATIENCE_MS } from '../../src/platforms/teams/turn.ts';
import { withTeams } from './harness.ts';
import { acknowledged, ping, shown, solve } from './presser.ts';

const ana = personalConversation('ana');

describe('work that takes longer than Teams waits', () => {
  /** Patience is at its end at once; everything else waits as it should. */
  const impatient = {
    now: () => Date.now(),
    sleep: (ms: number) => (ms === PATIENCE_MS ? Promise.resolve() : new Promise<void>(() => undefined)),
  };

  test('tells who pressed, and changes the card when it is done', async () => {
    const slow = Promise.withResolvers<void>();
    await using h = await withTeams({
      deps: { wall: impatient },
      replies: {
        command: () => ({ kind: 'card', card: ping, to: 'all' }),
        press: () => slow.promise.then(() => ({ kind: 'replace', card: acknowledged })),
      },
    });
    const client = await shown(h);
    expect(await client.execute('Acknowledge')).toMatchObject({
      value: expect.stringContaining('longer than usual'),
    });
    expect(client.message()?.edits).toBe(0);
    slow.resolve();
    await h.teams.stop();
    expect(JSON.stringify(client.message()?.card)).toContain('Acknowledged by Ana');
  });

  test('tells the outcome later, when no card changes', async () => {
    const slow = Promise.withResolvers<void>();
    await using h = await withTeams({
      deps: { wall: impatient },
      replies: {
        command: () => ({ kind: 'card', card: ping, to: 'all' }),
        press: () => slow.promise.then(() => ({ kind: 'done', say: 'Bo was faster.' })),
      },
    });
    const client = await shown(h);
    await client.execute('Acknowledge');
    slow.resolve();
    await h.teams.stop();
    expect(h.titles(ana)).toEqual(['CLAIMS-1 needs you', 'Bo was faster.']);
  });

  test('closes the dialog, and the answer follows in the chat with what was typed', async () => {
    const slow = Promise.withResolvers<void>();
    let patient = true;
    const wall = {
      ...impatient,
      sleep: (ms: number) => (patient ? new Promise<void>(() => undefined) : impatient.sleep(ms)),
    };
    await using h = await withTeams({
      deps: { wall },
      replies: {
        command: () => ({ kind: 'card', card: ping, to: 'all' }),
        open: () => ({ kind: 'form', form: solve }),
        submit: () =>
          slow.promise.then(() => ({ kind: 'errors', form: solve, errors: { cost: 'Not a number.' } })),
      },
    });
    const client = await shown(h);
    const task = await client.open('Solve');
    patient = false;
    expect(await client.send(task, { cause: 'hail' })).toMatchObject({
      type: 'message',
      value: expect.stringContaining('follows in the chat'),
    });
    slow.resolve();
    await h.teams.stop();
    const late = JSON.stringify(h.sandbox.connector.workspace.messages(ana).at(-1)?.card);
    expect(late).toContain('"value":"hail"');
    expect(late).toContain('Not a number');
  });
});
