import { afterEach, expect, it } from 'vitest';
import type { Wall } from '../../src/clock.ts';
import type { Envelope, SubmitReply } from '../../src/platforms/platform.ts';
import { renderForm } from '../../src/platforms/slack/form.ts';
import type { Form, RawValues } from '../../src/ui/form.ts';
import { sampleNames } from '../support/sample-cards.ts';
import { type Slack, type World, deferred, withSlack } from './stand-in.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const colours = ['green', 'red'].map((value) => ({ value, label: value }));
const form: Form = {
  name: 'score.full',
  args: { seat: 'claims', page: '2' },
  title: 'Score',
  submit: 'Next',
  draft: true,
  items: [
    { kind: 'select', name: 'mark', label: 'Mark', options: colours },
    { kind: 'text', name: 'note', label: 'Note', optional: true },
  ],
};

let triggers = 0;
const from = () => ({
  team: { id: 'T1', domain: 'acme' },
  user: { id: 'U0ANA', name: 'ana', username: 'ana', team_id: 'T1' },
  trigger_id: `draft.${(triggers += 1)}`,
});
const viewWith = (mark: string, note: string) => {
  const selected_option = { value: mark, text: { type: 'plain_text', text: mark } };
  return {
    ...renderForm(form, { names: sampleNames, from: { channel: 'C0CLAIMS' }, strict: true }),
    id: 'V1',
    hash: '1.a',
    state: {
      values: {
        'field:mark': { select: { type: 'static_select', selected_option } },
        'field:note': { text: { type: 'plain_text_input', value: note } },
      },
    },
  };
};
/** A colour was chosen, as Slack tells of it: with everything that the form holds at that moment. */
const choice = (mark: string, note = '') => ({
  type: 'block_actions',
  ...from(),
  container: { type: 'view', view_id: 'V1' },
  view: viewWith(mark, note),
  actions: [{ type: 'static_select', action_id: 'select', block_id: 'field:mark', action_ts: '1.1' }],
});
const sending = (mark: string) => ({ type: 'view_submission', ...from(), view: viewWith(mark, 'sent') });

/** Real time that passes only when the test says so. */
function heldWall() {
  const time = { now: Date.now() };
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const wall: Wall = {
    now: () => time.now,
    sleep: (ms, signal) =>
      new Promise((wake) => {
        sleepers.push({ until: time.now + ms, wake });
        signal?.addEventListener('abort', () => wake());
      }),
  };
  const pass = (ms: number) => {
    time.now += ms;
    for (const { until, wake } of sleepers.splice(0)) {
      if (until <= time.now) wake();
      else sleepers.push({ until, wake });
    }
  };
  return { wall, pass };
}

/** Hears each keep as it happens. */
function kept() {
  const all: RawValues[] = [];
  const waiting: (() => void)[] = [];
  const keep = async (_from: Envelope, _form: string, _args: unknown, raw: RawValues) => {
    all.push(raw);
    waiting.splice(0).forEach((wake) => wake());
  };
  const next = () => new Promise<void>((wake) => waiting.push(wake));
  return { all, keep, next };
}

it('what was chosen is kept with everything else that was filled in, and nothing is shown', async () => {
  const { keep, all, next } = kept();
  const s = await open({ inbound: { keep } });
  const first = next();
  expect(await s.interact(choice('red', 'two copies'))).toEqual({ status: 200, body: '' });
  await first;
  expect(all).toEqual([{ mark: 'red', note: 'two copies' }]);
  const [sender, name, args] = s.asked[0]!.args as [Envelope, string, object];
  expect([name, args]).toEqual(['score.full', form.args]);
  expect(sender).toMatchObject({ user: { ref: 'U0ANA' }, place: { ref: 'C0CLAIMS' } });
  expect(s.api.calls.map((call) => call.method)).toEqual(['auth.test']);
});

it('choices within a second are one write, of the newest', async () => {
  const { keep, all, next } = kept();
  const { wall, pass } = heldWall();
  const s = await open({ inbound: { keep }, wall });
  const first = next();
  await s.interact(choice('red', '1'));
  await first;
  for (const note of ['2', '3', '4']) await s.interact(choice('green', note));
  expect(all).toHaveLength(1);
  const second = next();
  pass(1000);
  await second;
  expect(all.map((raw) => raw['note'])).toEqual(['1', '4']);
  const keys = s.asked.map(({ args }) => (args[0] as Envelope).requestKey);
  expect(new Set(keys).size).toBe(2);
});

it('nothing is kept after the form was sent, unless it came back', async () => {
  const { keep, all, next } = kept();
  const { wall, pass } = heldWall();
  const answers: SubmitReply[] = [{ kind: 'errors', form, errors: { note: 'Say why.' } }, { kind: 'done' }];
  const submitted = deferred<number>();
  const s = await open({
    inbound: {
      keep,
      submit: async () => {
        submitted.resolve(all.length);
        return answers.shift()!;
      },
    },
    wall,
  });
  const first = next();
  await s.interact(choice('red', '1'));
  await first;
  await s.interact(choice('red', 'waits for its second'));
  expect((await s.interact(sending('red'))).body).toMatchObject({ response_action: 'errors' });
  expect(await submitted.promise).toBe(1);
  pass(1000);
  const second = next();
  await s.interact(choice('green', 'after the errors'));
  await second;
  await s.interact(sending('green'));
  pass(1000);
  await s.interact(choice('green', 'told late'));
  await s.platform.idle();
  expect(all.map((raw) => raw['note'])).toEqual(['1', 'after the errors']);
});
