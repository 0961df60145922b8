import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StandIn, startStandIn } from './standin.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const page = (title: string) => ({
  type: 'modal' as const,
  callback_id: 'page',
  title: plain(title),
  submit: plain('Next'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'word',
      label: plain('Word'),
      element: { type: 'plain_text_input' as const, action_id: 'v' },
    },
    {
      type: 'actions' as const,
      block_id: 'more',
      elements: [{ type: 'button' as const, action_id: 'deeper', text: plain('Deeper') }],
    },
  ],
});

function register(app: App): void {
  app.command('/pilot', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: page('One') });
  });
  app.action('deeper', async ({ ack, body, client }) => {
    await ack();
    if ('trigger_id' in body) await client.views.push({ trigger_id: body.trigger_id, view: page('Deeper') });
  });
  app.view('page', async ({ ack, view }) => {
    const word = view.state.values['word']?.['v']?.value;
    if (word === 'update') return ack({ response_action: 'update', view: page('Updated') });
    if (word === 'push') return ack({ response_action: 'push', view: page('Pushed') });
    if (word === 'clear') return ack({ response_action: 'clear' });
    if (word === 'wrong block') return ack({ response_action: 'errors', errors: { nowhere: 'Lost.' } });
    return ack();
  });
}

let bot: StandIn;
beforeEach(async () => {
  bot = await startStandIn(register);
});
afterEach(() => bot.stop());
const ana = () => bot.workspace.as('ana');
const open = async () => (await ana().in('#claims').slash('open')).modal;

test('a submission may change the form, put another on top, or close them all', async () => {
  const modal = await open();
  await modal.fill({ Word: 'update' }).submit();
  expect(ana().modal().title).toBe('Updated');
  await ana().modal().fill({ Word: 'push' }).submit();
  expect(ana().modal().title).toBe('Pushed');
  const last = await ana().modal().fill({ Word: 'clear' }).submit();
  expect(last.closed).toBe(true);
  expect(ana().hasModal).toBe(false);
});

test('closing the upper form shows the one below, with what was typed', async () => {
  const modal = await open();
  modal.fill({ Word: 'kept' });
  await modal.press('Deeper');
  expect(ana().modal()).toMatchObject({ title: 'Deeper', values: { Word: null } });
  await ana().modal().close();
  expect(ana().modal()).toMatchObject({ title: 'One', values: { Word: 'kept' } });
});

test('three forms stand on each other at most', async () => {
  const modal = await open();
  await modal.press('Deeper');
  await ana().modal().press('Deeper');
  const refused = bot.workspace.calls('views.push').length;
  await ana()
    .modal()
    .press('Deeper')
    .catch(() => undefined);
  expect(bot.workspace.calls('views.push')[refused]?.answer).toBe('push_limit_reached');
  expect(bot.workspace.state.stacks.get('U0ANA')).toHaveLength(3);
});

test('errors beside fields that the form does not have are trouble, as in Slack', async () => {
  const modal = await open();
  const result = await modal.fill({ Word: 'wrong block' }).submit();
  expect(result).toMatchObject({ closed: false, errors: {} });
  expect(modal.problem).toContain('trouble connecting');
});
