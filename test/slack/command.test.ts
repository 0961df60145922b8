import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import type { Envelope, Reply } from '../../src/platforms/platform.ts';
import { card, paragraph } from '../../src/ui/card.ts';
import { sampleCards, sampleForms } from '../support/sample-cards.ts';
import { type Slack, type World, deferred, slash, withSlack } from './stand-in.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const say = (text: string, to: 'me' | 'all' = 'me'): Reply => ({
  kind: 'card',
  card: card('Hi', [paragraph(text)]),
  to,
});
const form = sampleForms['score']!;

describe('/pilot', () => {
  it('what is ready stands in the acknowledgement itself', async () => {
    const s = await open({
      inbound: { command: async () => ({ kind: 'card', card: sampleCards['seat']!, to: 'me' }) },
    });
    const { status, body } = await s.form(slash(s.api.origin, 'seat show claims'));
    expect([status, body.response_type]).toEqual([200, 'ephemeral']);
    const { response_type: _, ...message } = body;
    expect(check('message', message)).toEqual([]);
    expect(JSON.stringify(body)).toContain('<@U0ANA>');
    expect(s.api.calls.map((call) => call.method)).toEqual(['auth.test']);
  });

  it('what all should see is seen by all', async () => {
    const s = await open({ inbound: { command: async () => say('for everyone', 'all') } });
    expect((await s.form(slash(s.api.origin, 'scorecard'))).body.response_type).toBe('in_channel');
  });

  it('hands over who, where, and the line as it was typed', async () => {
    const s = await open();
    await s.form(
      slash(
        s.api.origin,
        'seat own claims <@U0BO|bo> &lt;3 &amp;amp; <#C1|general> <https://x.example/a?b=1|x.example>',
        { trigger_id: 't.1' },
      ),
    );
    expect(s.asked).toEqual([
      {
        what: 'command',
        args: [
          {
            platform: 'slack',
            tenant: 'T1',
            user: { ref: 'U0ANA', name: 'ana' },
            place: { kind: 'channel', ref: 'C0CLAIMS', name: 'claims' },
            requestKey: 'slack:t.1',
          } satisfies Envelope,
          'seat own claims <@U0BO> <3 &amp; <#C1> https://x.example/a?b=1',
        ],
      },
    ]);
  });

  it('knows direct messages and groups from channels', async () => {
    const s = await open();
    await s.form(slash(s.api.origin, 'me', { channel_id: 'D1', channel_name: 'directmessage' }));
    await s.form(slash(s.api.origin, 'me', { channel_id: 'C2', channel_name: 'mpdm-ana--bo-1' }));
    expect(s.asked.map(({ args }) => (args[0] as Envelope).place.kind)).toEqual(['direct', 'group']);
  });

  it('what takes longer is acknowledged at once and follows', async () => {
    const { promise, resolve } = deferred<Reply>();
    const s = await open({
      inbound: { command: () => promise },
      config: { budgets: { answer: 5, form: 5 } },
    });
    const { status, body } = await s.form(slash(s.api.origin, 'scorecard'));
    expect([status, body]).toEqual([200, '']);
    const followed = s.api.next('commands/T1/1');
    resolve(say('here it is'));
    expect((await followed).args).toMatchObject({ response_type: 'ephemeral', replace_original: false });
  });

  it('a response address on another host is rebuilt on Slack’s own', async () => {
    const { promise, resolve } = deferred<Reply>();
    const s = await open({
      inbound: { command: () => promise },
      config: { budgets: { answer: 5, form: 5 } },
    });
    await s.form(
      slash(s.api.origin, 'me', { response_url: 'https://evil.example//other.example/commands/T1/1?x=1' }),
    );
    const followed = s.api.next('other.example/commands/T1/1?x=1');
    resolve(say('secret'));
    expect((await followed).args).toMatchObject({ response_type: 'ephemeral' });
  });

  it('a late answer whose address has expired arrives as a message', async () => {
    const { promise, resolve } = deferred<Reply>();
    const s = await open({
      inbound: { command: () => promise },
      config: { budgets: { answer: 5, form: 5 } },
    });
    s.api.answer('commands/T1/1', (_, res) => res.writeHead(404).end());
    await s.form(slash(s.api.origin, 'me'));
    const posted = s.api.next('chat.postEphemeral');
    resolve(say('still for you'));
    expect((await posted).args).toMatchObject({ channel: 'C0CLAIMS', user: 'U0ANA' });
  });

  it('a form opens with the trigger of the command', async () => {
    const s = await open({ inbound: { command: async () => ({ kind: 'form', form }) } });
    const opened = s.api.next('views.open');
    expect((await s.form(slash(s.api.origin, 'score claims', { trigger_id: 't.7' }))).body).toBe('');
    const { trigger_id, view } = (await opened).args as {
      trigger_id: string;
      view: { private_metadata: string };
    };
    expect(trigger_id).toBe('t.7');
    expect(check('modal', view)).toEqual([]);
    expect(JSON.parse(view.private_metadata)).toMatchObject({
      form: 'seat.score',
      from: { channel: 'C0CLAIMS' },
    });
  });

  it('a form whose trigger has died is offered by a button', async () => {
    const s = await open({ inbound: { command: async () => ({ kind: 'form', form }) } });
    s.api.answer('views.open', { ok: false, error: 'expired_trigger_id' });
    const offered = s.api.next('commands/T1/1');
    await s.form(slash(s.api.origin, 'score claims'));
    expect(JSON.stringify((await offered).args)).toContain('form:seat.score');
  });

  it('done with nothing to say says nothing', async () => {
    const s = await open({ inbound: { command: async () => ({ kind: 'done' }) } });
    expect((await s.form(slash(s.api.origin, 'x'))).body).toBe('');
  });

  it('a hundred commands at once each get their own answer', async () => {
    const s = await open({ inbound: { command: async (_, line) => say(line) } });
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => s.form(slash(s.api.origin, `n ${i}`))),
    );
    answers.forEach(({ body }, i) => expect(body.blocks[1].text.text).toBe(`n ${i}`));
  });
});
