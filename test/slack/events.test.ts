import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import type { Envelope } from '../../src/platforms/platform.ts';
import { card, paragraph } from '../../src/ui/card.ts';
import { sampleForms } from '../support/sample-cards.ts';
import { type Slack, type World, withSlack } from './stand-in.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const mention = (text: string, more: object = {}) => ({
  type: 'app_mention',
  user: 'U0ANA',
  channel: 'C1',
  ts: '1.1',
  text,
  ...more,
});
const direct = (text: string, more: object = {}) => ({
  type: 'message',
  channel_type: 'im',
  user: 'U0ANA',
  channel: 'D1',
  ts: '2.2',
  text,
  ...more,
});

describe('being spoken to', () => {
  it('a mention works like the command, and the answer stands in the thread', async () => {
    const s = await open({
      inbound: { command: async () => ({ kind: 'card', card: card('Claims', [paragraph('x')]), to: 'all' }) },
    });
    const posted = s.api.next('chat.postMessage');
    await s.event(mention('Hello <@U0COX>: seat show claims for <@U0BO>'));
    expect((await posted).args).toMatchObject({ channel: 'C1', thread_ts: '1.1' });
    const [from, line] = s.asked[0]!.args as [Envelope, string];
    expect(line).toBe('seat show claims for <@U0BO>');
    expect(from).toMatchObject({
      requestKey: 'slack:Ev1',
      place: { kind: 'channel', ref: 'C1', thread: '1.1' },
    });
  });

  it('a mention inside a thread says which thread, what was said and where it can be read', async () => {
    const s = await open();
    const posted = s.api.next('chat.postEphemeral');
    await s.event(mention('Look <@U0COX> it was the &lt;new&gt; model', { thread_ts: '0.9', ts: '1.1' }));
    const [from, line] = s.asked[0]!.args as [Envelope, string];
    expect(line).toBe('it was the <new> model');
    expect(from.place.thread).toBe('0.9');
    expect(from.message).toEqual({
      ref: '1.1',
      text: 'Look it was the <new> model',
      link: 'https://acme.slack.com/archives/C1/p11?thread_ts=0.9&cid=C1',
    });
    await posted;
  });

  it('what is only for one person is shown to that person', async () => {
    const s = await open();
    const posted = s.api.next('chat.postEphemeral');
    await s.event(mention('<@U0COX> me', { thread_ts: '0.9' }));
    expect((await posted).args).toMatchObject({ channel: 'C1', user: 'U0ANA', thread_ts: '0.9' });
  });

  it('a direct message is a command line', async () => {
    const s = await open();
    const posted = s.api.next('chat.postMessage');
    await s.event(direct('me'));
    expect((await posted).args).toMatchObject({ channel: 'D1' });
    expect(s.asked[0]!.args[1]).toBe('me');
  });

  it('a form cannot open here: a button does it', async () => {
    const s = await open({
      inbound: { command: async () => ({ kind: 'form', form: sampleForms['score']! }) },
    });
    const posted = s.api.next('chat.postMessage');
    await s.event(direct('score claims'));
    expect(JSON.stringify((await posted).args)).toContain('form:seat.score');
  });

  it('bots, edits, joins and our own words are not answered', async () => {
    const s = await open();
    const silent = [
      direct('x', { bot_id: 'B1' }),
      direct('x', { subtype: 'message_changed' }),
      direct('x', { edited: { ts: '1' } }),
      direct('x', { user: 'U0COX' }),
      direct('x', { channel_type: 'channel', channel: 'C1' }),
      direct('x', { user: undefined }),
      mention('<@U0COX> x', { bot_id: 'B1' }),
      mention('<@U0COX> x', { user: 'U0COX' }),
    ];
    for (const [i, event] of silent.entries()) await s.event(event, { event_id: `EvQ${i}` });
    expect(s.asked).toEqual([]);
  });
});

describe('what Slack tells', () => {
  it('the Home tab is filled when it is opened', async () => {
    const s = await open();
    const published = s.api.next('views.publish');
    await s.event({ type: 'app_home_opened', user: 'U0ANA', channel: 'D1', tab: 'home' });
    const { user_id, view } = (await published).args;
    expect(user_id).toBe('U0ANA');
    expect(check('home', view)).toEqual([]);
  });

  it('the messages tab is left alone', async () => {
    const s = await open();
    await s.event({ type: 'app_home_opened', user: 'U0ANA', channel: 'D1', tab: 'messages' });
    expect(s.asked).toEqual([]);
  });

  it('guests, bots and people of other workspaces are told apart from members', async () => {
    const s = await open();
    const changed = async (id: string, more: object) =>
      s.event({ type: 'user_change', user: { id, ...more } }, { event_id: `Ev${id}` });
    await changed('U1', { is_restricted: true });
    await changed('U2', { is_ultra_restricted: true });
    await changed('U3', { is_stranger: true });
    await changed('U4', { is_bot: true });
    await changed('U5', { team_id: 'T2' });
    await changed('U6', { team_id: 'T1', is_restricted: false });
    const facts = s.asked.map(({ args }) => args[2] as { user: { ref: string }; guest: boolean });
    expect(facts.map(({ user, guest }) => [user.ref, guest])).toEqual([
      ['U1', true],
      ['U2', true],
      ['U3', true],
      ['U4', true],
      ['U5', true],
      ['U6', false],
    ]);
  });

  it('a deactivated account, an account that changed, a channel joined and a channel left are learnt', async () => {
    const s = await open();
    await s.event(
      { type: 'user_change', user: { id: 'U0BO', name: 'bo', deleted: true } },
      { event_id: 'E1' },
    );
    await s.event({ type: 'user_change', user: { id: 'U0ANA', deleted: false } }, { event_id: 'E2' });
    await s.event({ type: 'member_joined_channel', user: 'U0COX', channel: 'C7' }, { event_id: 'E3' });
    await s.event({ type: 'member_joined_channel', user: 'U0ANA', channel: 'C8' }, { event_id: 'E4' });
    await s.event({ type: 'channel_left', channel: 'C7' }, { event_id: 'E5' });
    await s.event({ type: 'group_left', channel: 'G9' }, { event_id: 'E6' });
    expect(s.asked.map(({ args }) => args.slice(1))).toEqual([
      ['T1', { kind: 'person_changed', user: { ref: 'U0BO', name: 'bo' }, guest: false, active: false }],
      ['T1', { kind: 'person_changed', user: { ref: 'U0ANA' }, guest: false, active: true }],
      ['T1', { kind: 'conversation', place: { kind: 'channel', ref: 'C7' }, reference: { ref: 'C7' } }],
      ['T1', { kind: 'removed', ref: 'C7' }],
      ['T1', { kind: 'removed', ref: 'G9' }],
    ]);
  });
});
