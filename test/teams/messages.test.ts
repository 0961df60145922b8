import { describe, expect, test } from 'vitest';
import {
  BOT,
  TENANT,
  accountId,
  channelConversation,
  chatConversation,
  directoryId,
  personalConversation,
} from '../../sandbox/teams/index.ts';
import { card } from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import { titleOf, withTeams } from './harness.ts';

const ana = personalConversation('ana');
const claims = channelConversation('claims');
const meeting = chatConversation({ id: 'weekly', meeting: true });
const onlyAna = { kind: 'card', card: card('Your seats', []), to: 'me' } as const;

describe('a command', () => {
  test.each([
    [ana, 'seat show claims', 'seat show claims'],
    [ana, '@Coxswain  seat show claims', 'seat show claims'],
    [ana, '/coxswain seat show claims', 'seat show claims'],
    [ana, '/seat list', 'seat list'],
    [
      claims,
      '@Coxswain log claims acceptance 71 "after the &amp; update"',
      'log claims acceptance 71 "after the & update"',
    ],
    [
      claims,
      '@Coxswain seat own claims @Bo Lindqvist platform',
      `seat own claims <@${directoryId('bo')}> platform`,
    ],
    [ana, 'seat own claims <@somebody> <#19:else>', 'seat own claims @somebody #19:else'],
    [ana, 'Hi', 'help'],
    [ana, 'Hello!', 'help'],
    [ana, 'HELP', 'help'],
    [claims, '@Coxswain', 'help'],
  ])('in %s: %j is %j', async (where, typed, line) => {
    await using h = await withTeams();
    await h.sandbox.client.say('ana', where, typed);
    expect(h.commands()).toEqual([line]);
  });

  test('comes from a person of the directory, in a place, and once', async () => {
    await using h = await withTeams();
    await h.sandbox.client.say('ana', claims, '@Coxswain me');
    const said = h.heard.find((x) => x.kind === 'command');
    const asked = h.sandbox.connector.workspace.messages(claims)[0];
    expect(said?.from).toEqual({
      platform: 'teams',
      tenant: TENANT,
      user: { ref: directoryId('ana'), name: 'Ana Flores' },
      place: { kind: 'channel', ref: claims, name: 'claims', thread: asked?.id },
      requestKey: `teams:${asked?.id}`,
      message: { ref: asked?.id, link: expect.stringContaining(`/${asked?.id}?`) },
    });
  });

  test('delivered again has one effect and one answer', async () => {
    await using h = await withTeams();
    const activity = h.sandbox.client.messageActivity('ana', ana, 'issue new claims');
    await Promise.all([1, 2, 3].map(() => h.sandbox.client.deliver(activity)));
    expect(h.commands()).toEqual(['issue new claims']);
    expect(h.titles(ana)).toEqual(['You said issue new claims']);
  });

  test('in a channel is answered in its thread', async () => {
    await using h = await withTeams();
    await h.sandbox.client.say('ana', claims, '@Coxswain scorecard claims');
    const [asked, answered] = h.sandbox.connector.workspace.messages(claims);
    expect(answered).toMatchObject({ thread: asked?.id, summary: 'You said scorecard claims' });
  });

  test('from somebody Teams cannot name is told so', async () => {
    await using h = await withTeams();
    const activity = h.sandbox.client.messageActivity('ana', ana, 'me');
    await h.sandbox.client.deliver({ ...activity, from: { id: accountId('ana'), name: 'Guest' } });
    expect(h.commands()).toEqual([]);
    expect(h.titles(ana)).toEqual([
      'I can only answer people of your organisation, and Teams did not say who you are.',
    ]);
  });

  test('whose handler breaks is answered with 200 and logged, and the next one works', async () => {
    let broken = true;
    await using h = await withTeams({
      replies: {
        command: () => {
          if (broken) throw new Error('broken on purpose');
          return onlyAna;
        },
      },
    });
    expect((await h.sandbox.client.say('ana', ana, 'me'))?.status).toBe(200);
    broken = false;
    await h.sandbox.client.say('ana', ana, 'me');
    expect(h.titles(ana)).toEqual(['Your seats']);
  });
});

describe('an answer for one person', () => {
  test('is targeted in a channel: nobody else sees it', async () => {
    await using h = await withTeams({ replies: { command: () => onlyAna } });
    await h.sandbox.client.say('ana', claims, '@Coxswain me');
    expect(h.titles(claims, 'ana')).toEqual(['Your seats']);
    expect(h.titles(claims, 'bo')).toEqual([]);
  });

  test('goes to the personal chat where targeting is refused', async () => {
    await using h = await withTeams({ replies: { command: () => onlyAna } });
    h.sandbox.connector.fail([{ kind: 'status', status: 400 }]);
    await h.sandbox.client.say('ana', claims, '@Coxswain me');
    expect(h.titles(claims)).toEqual([]);
    expect(h.titles(ana)).toEqual(['Your seats']);
    const [there] = h.sandbox.connector.workspace.messages(ana);
    expect(there?.text).toBe('You asked in the channel claims:');
  });

  test.each([400, 403, 404, 405, 501])(
    'finds the personal chat where a service answers %d',
    async (status) => {
      await using h = await withTeams({ replies: { command: () => ({ kind: 'done', say: 'Noted.' }) } });
      h.sandbox.connector.fail([{ kind: 'status', status }], (call) => call.method === 'POST');
      await h.sandbox.client.say('ana', meeting, '@Coxswain me');
      expect(h.titles(meeting)).toEqual([]);
      expect(h.titles(ana)).toEqual(['You asked in the group chat:\nNoted.']);
    },
  );

  test('is not lost in silence where Teams takes it nowhere, and is not told to the others', async () => {
    await using h = await withTeams({ replies: { command: () => onlyAna } });
    const refused = { kind: 'status', status: 403, code: 'BotNotInConversationRoster' } as const;
    h.sandbox.connector.fail([refused, refused], (call) => call.method === 'POST');
    await h.sandbox.client.say('ana', claims, '@Coxswain me');
    expect(h.titles(ana)).toEqual([]);
    expect(h.titles(claims, 'bo')).toEqual([expect.stringContaining('add Coxswain for yourself')]);
    expect(JSON.stringify(h.sandbox.connector.workspace.messages(claims))).not.toContain('Your seats');
  });

  test('that may be there already is not sent a second time', async () => {
    await using h = await withTeams({ replies: { command: () => onlyAna } });
    h.sandbox.connector.fail([{ kind: 'status', status: 504, taken: true }], (c) => c.method === 'POST');
    await h.sandbox.client.say('ana', claims, '@Coxswain me');
    expect([h.titles(claims, 'ana'), h.titles(ana)]).toEqual([['Your seats'], []]);
  });

  test('what was asked from the slash menu is never answered in the open', async () => {
    await using h = await withTeams();
    await h.sandbox.client.say('ana', claims, 'scorecard claims', { targeted: true });
    expect(h.titles(claims, 'bo')).toEqual([]);
    expect(h.titles(claims, 'ana')).toEqual(['You said scorecard claims']);
  });
});

describe('a form for a command', () => {
  const form: Form = {
    name: 'seat.add',
    args: {},
    title: 'Add a seat',
    submit: 'Add',
    items: [{ kind: 'text', name: 'name', label: 'Name' }],
  };

  test('is a message to fill in, since a command cannot open a dialog', async () => {
    await using h = await withTeams({ replies: { command: () => ({ kind: 'form', form }) } });
    await h.sandbox.client.say('ana', ana, 'seat add');
    const [, shown] = h.sandbox.connector.workspace.messages(ana);
    expect(titleOf(shown?.card)).toBe('Add a seat');
    expect(shown?.card).toMatchObject({
      actions: [{ type: 'Action.Execute', verb: 'submit', title: 'Add' }],
    });
  });
});

describe('an answer that is refused for now', () => {
  test('is sent again after the wait Teams names', async () => {
    const waits: number[] = [];
    const wall = {
      now: () => Date.now(),
      sleep: (ms: number, signal?: AbortSignal) => {
        if (signal !== undefined) return new Promise<void>(() => undefined);
        waits.push(ms);
        return Promise.resolve();
      },
    };
    await using h = await withTeams({ deps: { wall } });
    h.sandbox.connector.fail([
      { kind: 'status', status: 429, retryAfter: '3' },
      { kind: 'status', status: 412 },
    ]);
    await h.sandbox.client.say('ana', ana, 'me');
    expect(h.titles(ana)).toEqual(['You said me']);
    expect(waits).toEqual([3000, 500]);
  });

  test('that may have arrived is not sent a second time', async () => {
    await using h = await withTeams();
    h.sandbox.connector.fail([{ kind: 'reset', taken: true }]);
    await h.sandbox.client.say('ana', ana, 'me');
    expect(h.titles(ana)).toEqual(['You said me']);
  });
});

test('a slow answer shows that it is being typed', async () => {
  const slow = Promise.withResolvers<void>();
  const wall = {
    now: () => Date.now(),
    // What waits for the answer gives up at once; the answer comes once the typing indicator is there.
    sleep: (ms: number, signal?: AbortSignal) =>
      signal === undefined || ms < 5000 ? Promise.resolve() : new Promise<void>(() => undefined),
  };
  await using h = await withTeams({
    deps: { wall },
    replies: { command: () => slow.promise.then(() => onlyAna) },
  });
  const said = h.sandbox.client.say('ana', ana, 'me');
  await expect.poll(() => h.calls('POST').length).toBe(1);
  expect(h.titles(ana)).toEqual([]);
  slow.resolve();
  await said;
  expect(h.titles(ana)).toEqual(['Your seats']);
});

test('a workspace that is reset is empty, and what is written then is new', async () => {
  await using h = await withTeams();
  await h.sandbox.client.say('ana', ana, 'me');
  h.sandbox.connector.workspace.reset();
  expect(h.titles(ana)).toEqual([]);
  await h.sandbox.client.say('ana', ana, 'me');
  expect(h.commands()).toEqual(['me', 'me']);
});

describe('installing', () => {
  const learned = (h: { heard: readonly { kind: string }[] }) =>
    h.heard.flatMap((x) => (x.kind === 'learn' && 'fact' in x ? [x.fact as Record<string, unknown>] : []));

  test('teaches where to post', async () => {
    await using h = await withTeams();
    await h.sandbox.client.install();
    expect(learned(h)).toContainEqual({
      kind: 'conversation',
      place: { kind: 'channel', ref: claims, name: 'claims' },
      reference: {
        ref: claims,
        serviceUrl: h.sandbox.serviceUrl(),
        reference: { bot: BOT, tenant: TENANT, team: '19:team@thread.tacv2' },
      },
    });
    expect(learned(h)).toContainEqual(
      expect.objectContaining({
        kind: 'conversation',
        user: { ref: directoryId('bo'), name: 'Bo Lindqvist' },
      }),
    );
  });

  test('for one person is welcomed with the help card', async () => {
    await using h = await withTeams();
    const activity = h.sandbox.client.messageActivity('ana', ana, '');
    await h.sandbox.client.deliver({ ...activity, type: 'installationUpdate', action: 'add' });
    expect(h.titles(ana)).toEqual(['You said help']);
  });

  test.each([
    [{ type: 'conversationUpdate', membersRemoved: [BOT] }, claims],
    [{ type: 'installationUpdate', action: 'remove' }, claims],
    [
      {
        type: 'conversationUpdate',
        channelData: {
          tenant: { id: TENANT },
          eventType: 'channelDeleted',
          channel: { id: '19:old@thread.tacv2' },
        },
      },
      '19:old@thread.tacv2',
    ],
    [
      { type: 'conversationUpdate', channelData: { tenant: { id: TENANT }, eventType: 'teamDeleted' } },
      claims,
    ],
  ])('undone (%j) is remembered', async (change, ref) => {
    await using h = await withTeams();
    const activity = h.sandbox.client.messageActivity('ana', claims, '');
    await h.sandbox.client.deliver({ ...activity, ...change });
    expect(learned(h)).toEqual([expect.objectContaining({ kind: 'removed', ref })]);
  });

  test('whoever else leaves a team is none of our business', async () => {
    await using h = await withTeams();
    const activity = h.sandbox.client.messageActivity('ana', claims, '');
    await h.sandbox.client.deliver({
      ...activity,
      type: 'conversationUpdate',
      membersRemoved: [{ id: accountId('bo') }],
    });
    expect(h.heard).toEqual([]);
  });
});
