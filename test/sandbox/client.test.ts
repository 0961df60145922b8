import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onlyAcknowledge, type StandIn, startStandIn } from './standin.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (text: string, action_id: string, value: string) => ({
  type: 'button' as const,
  text: plain(text),
  action_id,
  value,
});

const form = (title: string) => ({
  type: 'modal' as const,
  callback_id: 'issue',
  title: plain(title),
  submit: plain('Raise'),
  private_metadata: 'seat=claims',
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'what',
      label: plain('What happened'),
      element: { type: 'plain_text_input' as const, action_id: 'v', multiline: true },
    },
    {
      type: 'input' as const,
      block_id: 'who',
      label: plain('Who should know'),
      optional: true,
      element: { type: 'users_select' as const, action_id: 'v' },
    },
    {
      type: 'input' as const,
      block_id: 'severity',
      label: plain('Severity'),
      element: {
        type: 'static_select' as const,
        action_id: 'v',
        options: [
          { text: plain('2, high'), value: '2' },
          { text: plain('3, normal'), value: '3' },
        ],
        initial_option: { text: plain('3, normal'), value: '3' },
      },
    },
  ],
});

/** A bot that does a little of everything. */
function register(app: App): void {
  app.command('/pilot', async ({ command, ack, respond, client }) => {
    await ack();
    if (command.text.startsWith('post')) {
      const blocks = [
        {
          type: 'section' as const,
          text: { type: 'mrkdwn' as const, text: `*CLAIMS-1* is open, for <@U0BEN>. ${command.text}` },
        },
        {
          type: 'actions' as const,
          elements: [button('Acknowledge', 'ack', '{"issue":1}'), button('Details', 'details', '1')],
        },
      ];
      await client.chat.postMessage({ channel: command.channel_id, text: 'CLAIMS-1', blocks });
    } else if (command.text === 'form') {
      const opened = await client.views.open({
        trigger_id: command.trigger_id,
        view: { type: 'modal', title: plain('One moment'), blocks: [{ type: 'section', text: plain('…') }] },
      });
      await client.views.update({ view_id: opened.view?.id ?? '', view: form('Raise an issue') });
    } else await respond({ text: `You typed ${command.text}` });
  });
  app.action('ack', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.message === undefined) return;
    const { channel, message, user } = body;
    await client.chat.update({
      channel: channel?.id ?? '',
      ts: message.ts,
      text: 'x',
      blocks: [{ type: 'section', text: plain(`Acknowledged by ${user.username}`) }],
    });
  });
  app.action('details', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Nothing more is known.', response_type: 'ephemeral', replace_original: false });
  });
  app.view('issue', async ({ ack, view, body, client }) => {
    const what = view.state.values['what']?.['v']?.value ?? '';
    if (what.length < 5) return ack({ response_action: 'errors', errors: { what: 'Say a little more.' } });
    await ack();
    const who = view.state.values['who']?.['v']?.selected_user;
    const severity = view.state.values['severity']?.['v']?.selected_option?.value;
    return void (await client.chat.postMessage({
      channel: body.user.id,
      text: `Raised: ${what}, severity ${severity}, for <@${who}>, ${view.private_metadata}`,
    }));
  });
  app.view({ callback_id: 'issue', type: 'view_closed' }, async ({ ack, body, client }) => {
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: 'Nothing was raised.' });
  });
  app.shortcut('raise_issue', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form('From a message') });
  });
  app.event(
    'app_mention',
    async ({ event, say }) => void (await say({ text: `I heard ${event.text}`, thread_ts: event.ts })),
  );
  app.message(async ({ message, say }) => {
    if ('text' in message) await say(`You wrote ${message.text}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [
      { type: 'section' as const, text: plain('Nothing waits for you.') },
      { type: 'actions' as const, elements: [button('Help', 'help', 'help')] },
    ];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}

let bot: StandIn;
beforeEach(async () => {
  bot = await startStandIn(register);
});
afterEach(() => bot.stop());

test('a command is answered to the one who typed it, mentions as ids', async () => {
  const seen = await bot.workspace
    .as('ana')
    .in('#claims')
    .slash('seat own claims @ben in #claims & co <!channel>');
  expect(seen.only.ephemeral).toBe(true);
  expect(seen.text).toBe('You typed seat own claims @ben in #claims & co <!channel>');
  expect(new URLSearchParams(bot.workspace.sent[0]?.body).get('text')).toBe(
    'seat own claims <@U0BEN|ben> in <#C0CLAIMS|claims> &amp; co &lt;!channel&gt;',
  );
  expect(bot.workspace.as('ben').in('#claims').messages()).toEqual([]);
});

test('a button changes the message for everybody', async () => {
  const { only: message } = await bot.workspace.as('ana').in('#claims').slash('post it');
  expect(message.text).toBe('CLAIMS-1 is open, for @ben. post it');
  expect(message.buttons).toEqual(['Acknowledge', 'Details']);
  const details = await bot.workspace.as('ben').sees(message).button('Details').click();
  expect(details.only).toMatchObject({ ephemeral: true, text: 'Nothing more is known.' });
  const seen = await bot.workspace.as('ben').sees(message).button('Acknowledge').click();
  expect(seen.only.text).toBe('Acknowledged by ben');
  expect(message.text).toBe('Acknowledged by ben');
  expect(message.buttons).toEqual([]);
  expect(() => message.button('Acknowledge')).toThrow('no buttons');
});

test('a form opens, keeps what was typed beside its errors, and closes when it is right', async () => {
  const { modal } = await bot.workspace.as('ana').in('#claims').slash('form');
  expect(modal.title).toBe('Raise an issue');
  expect(modal.labels).toEqual(['What happened', 'Who should know', 'Severity']);
  expect((await modal.submit()).errors).toEqual({ 'What happened': 'Please complete this required field.' });
  const wrong = await modal
    .fill({ 'What happened': 'bad', 'Who should know': '@ben', Severity: '2, high' })
    .submit();
  expect(wrong).toMatchObject({ closed: false, errors: { 'What happened': 'Say a little more.' } });
  expect(modal.values['What happened']).toBe('bad');
  const right = await modal.fill({ 'What happened': 'Wrong totals' }).submit();
  expect(right.closed).toBe(true);
  expect(right.only.text).toBe('Raised: Wrong totals, severity 2, for @ben, seat=claims');
  expect(bot.workspace.as('ana').hasModal).toBe(false);
});

test('unknown fields and options are named together with those there are', async () => {
  const { modal } = await bot.workspace.as('ana').in('#claims').slash('form');
  expect(() => modal.fill({ Colour: 'red' })).toThrow('What happened, Who should know, Severity');
  expect(() => modal.fill({ Severity: 'huge' })).toThrow('2, high, 3, normal');
});

test('closing a form is heard by the bot', async () => {
  const { modal } = await bot.workspace.as('ana').in('#claims').slash('form');
  expect((await modal.close()).text).toBe('Nothing was raised.');
});

test('a trigger opens one modal only, and not after three seconds', async () => {
  let now = Date.now();
  await bot.stop();
  bot = await startStandIn(onlyAcknowledge, { wall: { now: () => now, sleep: () => Promise.resolve() } });
  await bot.workspace.as('ana').in('#claims').slash('form');
  const trigger = () => new URLSearchParams(bot.workspace.sent.at(-1)?.body).get('trigger_id') ?? '';
  const open = () =>
    bot.app.client.views.open({ token: 'sandbox-token', trigger_id: trigger(), view: form('Late') });
  await open();
  await expect(open()).rejects.toMatchObject({ data: { error: 'exchanged_trigger_id' } });
  await bot.workspace.as('ana').in('#claims').slash('form');
  now += 3001;
  await expect(open()).rejects.toMatchObject({ data: { error: 'expired_trigger_id' } });
});

test('a message shortcut opens a form', async () => {
  const { messages } = await bot.workspace.as('ana').in('#claims').slash('post it');
  const seen = await bot.workspace.as('dev').sees(messages[0]!).shortcut('raise_issue');
  expect(seen.modal.title).toBe('From a message');
  expect(bot.workspace.as('ana').hasModal).toBe(false);
});

test('mentions are answered in the thread, direct messages where they are', async () => {
  await bot.workspace.as('ana').in('#claims').mention('seat show claims');
  const said = bot.workspace.channel('#claims').expectMessage('seat show claims');
  expect(said.thread.map((m) => m.text)).toEqual(['I heard @coxswain seat show claims']);
  expect((await bot.workspace.dm('ben').say('help')).text).toBe('You wrote help');
  expect(bot.workspace.dm('ben').unread).toBe(1);
  bot.workspace.dm('ben').read();
  expect(bot.workspace.dm('ben').unread).toBe(0);
  const quiet = await bot.workspace.as('ana').in('#claims').say('just talking');
  expect(quiet.messages).toEqual([]);
});

test('the home tab is published when it is opened', async () => {
  const home = await bot.workspace.as('eve').home();
  expect(home).toMatchObject({ text: 'Nothing waits for you.', buttons: ['Help'] });
});

test('a bot that is down is reported in Slack words', async () => {
  await bot.stop();
  const seen = await bot.workspace.as('ana').in('#claims').slash('help');
  expect(seen).toMatchObject({
    failure: 'dispatch_failed',
    text: '/pilot failed with the error "dispatch_failed"',
  });
  bot = await startStandIn(register);
});

test('requests can be sent again, and forged ones do not pass', async () => {
  await bot.workspace.as('ana').in('#claims').slash('post it');
  const [request] = bot.workspace.sent;
  expect(await bot.workspace.redeliver(request!)).toMatchObject({ ok: true });
  expect(await bot.workspace.replay(request!)).toMatchObject({ ok: true });
  expect(bot.workspace.channel('#claims').messages()).toHaveLength(3);
  const forged = { ...request!, body: request!.body.replace('post', 'form') };
  expect(await bot.workspace.replay(forged)).toEqual({ ok: false, problem: 'http_status_401' });
});
