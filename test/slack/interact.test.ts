import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import type { Envelope, Reply, SubmitReply } from '../../src/platforms/platform.ts';
import { renderForm } from '../../src/platforms/slack/form.ts';
import type { RawValues } from '../../src/ui/form.ts';
import { card, paragraph } from '../../src/ui/card.ts';
import { sampleForms, sampleNames } from '../support/sample-cards.ts';
import { type Slack, type World, deferred, withSlack } from './stand-in.ts';
import { fakeState } from './state.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const QUICK = { budgets: { answer: 5, form: 5 } };
const form = sampleForms['score']!;
const result = card('Saved', [paragraph('Readiness is 50 %')]);

const user = { id: 'U0ANA', name: 'ana', username: 'ana', team_id: 'T1' };
let triggers = 0;
/** A button in a message, pressed, as Slack posts it. */
const press = (origin: string, action: object, more: object = {}) => ({
  type: 'block_actions',
  team: { id: 'T1', domain: 'acme' },
  user,
  channel: { id: 'C0CLAIMS', name: 'claims' },
  container: { type: 'message', message_ts: '5.5', channel_id: 'C0CLAIMS', is_ephemeral: false },
  message: { type: 'message', ts: '5.5', text: 'CLAIMS-1' },
  trigger_id: `press.${(triggers += 1)}`,
  response_url: `${origin}/actions/T1/1`,
  actions: [
    { type: 'button', block_id: 'b', action_ts: '6.6', text: { type: 'plain_text', text: 'x' }, ...action },
  ],
  ...more,
});
const acknowledge = { action_id: 'press:issue.acknowledge#2', value: '{"issue":"CLAIMS-1"}' };

describe('buttons', () => {
  it('hand over the name, the payload and the message they stand in', async () => {
    const s = await open();
    expect((await s.interact(press(s.api.origin, acknowledge))).status).toBe(200);
    const [from, ...what] = s.asked[0]!.args as [Envelope, ...unknown[]];
    expect(what).toEqual(['issue.acknowledge', { issue: 'CLAIMS-1' }]);
    expect(from).toMatchObject({ place: { kind: 'channel', ref: 'C0CLAIMS' }, message: { ref: '5.5' } });
  });

  it('replace: the message becomes another', async () => {
    const s = await open({ inbound: { press: async () => ({ kind: 'replace', card: result }) } });
    const replaced = s.api.next('actions/T1/1');
    await s.interact(press(s.api.origin, acknowledge));
    expect((await replaced).args).toMatchObject({ replace_original: true });
  });

  it('replace, when the response address is used up: the message is updated', async () => {
    const s = await open({ inbound: { press: async () => ({ kind: 'replace', card: result }) } });
    s.api.answer('actions/T1/1', (_, res) => res.writeHead(404).end());
    const updated = s.api.next('chat.update');
    await s.interact(press(s.api.origin, acknowledge));
    expect((await updated).args).toMatchObject({ channel: 'C0CLAIMS', ts: '5.5' });
  });

  it('done: what there is to say is said to who pressed', async () => {
    const s = await open({ inbound: { press: async () => ({ kind: 'done', say: 'Bo was first.' }) } });
    const said = s.api.next('actions/T1/1');
    await s.interact(press(s.api.origin, acknowledge));
    expect((await said).args).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'Bo was first.',
    });
  });

  it('a command button runs the line', async () => {
    const s = await open();
    await s.interact(press(s.api.origin, { action_id: 'command', value: '{"line":"seat show claims"}' }));
    expect(s.asked.map(({ what, args }) => [what, args[1]])).toEqual([['command', 'seat show claims']]);
  });

  it('a link and a value that is not ours ask for nothing', async () => {
    const s = await open();
    for (const action of [
      { action_id: 'url' },
      { action_id: 'press:x', value: 'not json' },
      { action_id: 'other' },
    ]) {
      expect((await s.interact(press(s.api.origin, action))).status).toBe(200);
    }
    expect(s.asked).toEqual([]);
  });

  it('on the Home tab, the tab is drawn again', async () => {
    const s = await open();
    const published = s.api.next('views.publish');
    const home = {
      container: { type: 'view', view_id: 'V1' },
      message: undefined,
      channel: undefined,
      response_url: undefined,
      view: { id: 'V1', type: 'home', private_metadata: '' },
    };
    await s.interact(press(s.api.origin, acknowledge, home));
    expect(check('home', (await published).args['view'])).toEqual([]);
  });
});

describe('forms from buttons', () => {
  const score = { action_id: 'form:seat.score', value: '{"seat":"claims"}' };

  it('that are ready open whole', async () => {
    const s = await open({ inbound: { open: async () => ({ kind: 'form', form }) } });
    const opened = s.api.next('views.open');
    await s.interact(press(s.api.origin, score));
    expect(((await opened).args['view'] as { callback_id: string }).callback_id).toBe('coxswain_form');
  });

  it('that take longer open as a skeleton and are filled after', async () => {
    const { promise, resolve } = deferred<Reply>();
    const s = await open({ inbound: { open: () => promise }, config: QUICK });
    const skeleton = s.api.next('views.open');
    await s.interact(press(s.api.origin, score));
    expect(check('modal', (await skeleton).args['view'])).toEqual([]);
    const filled = s.api.next('views.update');
    resolve({ kind: 'form', form });
    const { view_id, view } = (await filled).args;
    expect(view_id).toBe('V9');
    expect(check('modal', view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('Data readiness');
  });

  it('that are refused say why in the skeleton', async () => {
    const { promise, resolve } = deferred<Reply>();
    const s = await open({ inbound: { open: () => promise }, config: QUICK });
    const skeleton = s.api.next('views.open');
    await s.interact(press(s.api.origin, score));
    await skeleton;
    const filled = s.api.next('views.update');
    resolve({ kind: 'card', card: card('Not yours', [paragraph('Ana may score this.')]), to: 'me' });
    expect(JSON.stringify((await filled).args)).toContain('Ana may score this.');
  });

  it('in a modal stand on top of it', async () => {
    const s = await open({ inbound: { open: async () => ({ kind: 'form', form }) } });
    const pushed = s.api.next('views.push');
    const modal = {
      container: { type: 'view', view_id: 'V1' },
      message: undefined,
      channel: undefined,
      view: {
        id: 'V1',
        type: 'modal',
        private_metadata: '{"form":"","args":{},"from":{"channel":"C0CLAIMS"}}',
      },
    };
    await s.interact(press(s.api.origin, score, modal));
    await pushed;
    expect((s.asked[0]!.args[0] as Envelope).place.ref).toBe('C0CLAIMS');
  });
});

it.each([
  ['report_drift', 'issue.report'],
  ['add_to_issue', 'issue.note'],
  ['raise_issue', 'issue.new'],
])('the shortcut %s opens %s with what was said', async (callback, form) => {
  const s = await open({
    inbound: { open: async () => ({ kind: 'form', form: sampleForms['manyOptions']! }) },
  });
  const opened = s.api.next('views.open');
  await s.interact({
    type: 'message_action',
    callback_id: callback,
    trigger_id: 't',
    team: { id: 'T1', domain: 'acme' },
    user,
    channel: { id: 'C0CLAIMS', name: 'claims' },
    message_ts: '1700000000.000100',
    message: {
      type: 'message',
      ts: '1700000000.000100',
      text: `It fails &amp; <!channel> ${'"'.repeat(5000)}`,
      thread_ts: '1600000000.000200',
    },
    response_url: `${s.api.origin}/app/T1/1`,
    action_ts: '1',
  });
  await opened;
  const [from, name, args] = s.asked[0]!.args as [Envelope, string, { text: string; link: string }];
  expect(from.place.thread).toBe('1600000000.000200');
  expect(name).toBe(form);
  expect(args.text.startsWith('It fails & ')).toBe(true);
  expect(args.link).toBe(
    'https://acme.slack.com/archives/C0CLAIMS/p1700000000000100?thread_ts=1600000000.000200&cid=C0CLAIMS',
  );
  expect(JSON.stringify(args).length).toBeLessThanOrEqual(2000 + 200);
});

describe('submissions', () => {
  /** The modal as it was opened, submitted with these changes. */
  const submission = (s: Slack, changes: Record<string, object> = {}, view: object = {}) => {
    const opened = renderForm(form, {
      names: sampleNames,
      from: { channel: 'C0CLAIMS', name: 'claims', responseUrl: `${s.api.origin}/commands/T1/9` },
    });
    const values = { ...fakeState(opened), ...changes };
    return {
      type: 'view_submission',
      team: { id: 'T1', domain: 'acme' },
      user,
      trigger_id: `s.${(triggers += 1)}`,
      view: { ...opened, id: 'V1', hash: '1.a', state: { values }, ...view },
    };
  };
  const typed = { 'field:note': { long_text: { type: 'plain_text_input', value: 'because <!channel>' } } };
  const refused = (errors: Record<string, string>): SubmitReply => ({ kind: 'errors', form, errors });

  it('hand over the form, its args and what was typed', async () => {
    const s = await open();
    await s.interact(submission(s, typed));
    const [from, name, args, raw] = s.asked[0]!.args as [Envelope, string, object, RawValues];
    expect([name, args]).toEqual(['seat.score', { seat: 'claims' }]);
    expect(raw).toEqual({ data: 'yellow', governance: null, note: 'because <!channel>', evidence: null });
    expect(from).toMatchObject({
      place: { kind: 'channel', ref: 'C0CLAIMS', name: 'claims' },
      user: { ref: 'U0ANA' },
    });
  });

  it('errors stand beside their fields, and what belongs to none at the first', async () => {
    const s = await open({
      inbound: { submit: async () => refused({ governance: 'Pick one.', _: 'Too late.' }) },
    });
    const { body } = await s.interact(submission(s));
    expect(body).toEqual({
      response_action: 'errors',
      errors: { 'field:governance': 'Pick one.', 'field:data': 'Too late.' },
    });
  });

  it('errors of a form that has changed bring the new one, with everything typed', async () => {
    const other = { ...form, items: [...form.items, { kind: 'text' as const, name: 'new', label: 'New' }] };
    const s = await open({
      inbound: { submit: async () => ({ kind: 'errors', form: other, errors: { new: 'Say it.' } }) },
    });
    const { body } = await s.interact(submission(s, typed));
    expect(body.response_action).toBe('update');
    expect(check('modal', body.view)).toEqual([]);
    expect(JSON.stringify(body.view)).toContain('New: Say it.');
    expect(JSON.stringify(body.view)).toContain('"initial_value":"because <!channel>"');
  });

  it('a result for me is shown in the modal', async () => {
    const s = await open({ inbound: { submit: async () => ({ kind: 'card', card: result, to: 'me' }) } });
    const { body } = await s.interact(submission(s));
    expect(body.response_action).toBe('update');
    expect(check('modal', body.view)).toEqual([]);
  });

  it('a result for all is posted where the form came from, and the modal closes', async () => {
    const s = await open({ inbound: { submit: async () => ({ kind: 'card', card: result, to: 'all' }) } });
    const posted = s.api.next('commands/T1/9');
    expect((await s.interact(submission(s))).body).toBe('');
    expect((await posted).args).toMatchObject({ response_type: 'in_channel' });
  });

  it('a next form follows in the same modal', async () => {
    const s = await open({
      inbound: { submit: async () => ({ kind: 'form', form: sampleForms['seatAdd']! }) },
    });
    const { body } = await s.interact(submission(s));
    expect(check('modal', body.view)).toEqual([]);
    expect(JSON.parse(body.view.private_metadata).form).toBe('seat.add');
  });

  describe('that take longer than Slack waits', () => {
    const slow = async () => {
      const { promise, resolve } = deferred<SubmitReply>();
      const s = await open({ inbound: { submit: () => promise }, config: QUICK });
      const { body } = await s.interact(submission(s, typed));
      return { s, body, resolve };
    };

    it('keep the form open, with everything typed and a sentence', async () => {
      const { body, resolve } = await slow();
      expect(body.response_action).toBe('update');
      expect(check('modal', body.view)).toEqual([]);
      expect(JSON.stringify(body.view)).toContain('nothing you typed is lost');
      expect(JSON.stringify(body.view)).toContain('"initial_value":"because <!channel>"');
      resolve({ kind: 'done' });
    });

    it('show their result there', async () => {
      const { s, resolve } = await slow();
      const updated = s.api.next('views.update');
      resolve({ kind: 'card', card: result, to: 'me' });
      expect(JSON.stringify((await updated).args)).toContain('Readiness is 50 %');
    });

    it('show their errors there, with everything typed', async () => {
      const { s, resolve } = await slow();
      const updated = s.api.next('views.update');
      resolve(refused({ governance: 'Pick one.' }));
      const { view } = (await updated).args;
      expect(check('modal', view)).toEqual([]);
      expect(JSON.stringify(view)).toContain('Governance: Pick one.');
      expect(JSON.stringify(view)).toContain('because <!channel>');
    });

    it('say it elsewhere when the modal has been closed', async () => {
      const { s, resolve } = await slow();
      s.api.answer('views.update', { ok: false, error: 'not_found' });
      const said = s.api.next('commands/T1/9');
      resolve(refused({ governance: 'Pick one.' }));
      expect(JSON.stringify((await said).args)).toContain('was not saved. Pick one.');
    });

    it('submitted again meanwhile, join the work that goes on', async () => {
      const { s, body, resolve } = await slow();
      await s.interact(submission(s, typed, { blocks: body.view.blocks, hash: '2.b' }));
      expect(s.asked).toHaveLength(1);
      await s.interact(submission(s, {}, { hash: '2.b' }));
      const keys = s.asked.map(({ args }) => (args[0] as Envelope).requestKey);
      expect(new Set(keys).size).toBe(2);
      resolve({ kind: 'done' });
    });
  });
});
