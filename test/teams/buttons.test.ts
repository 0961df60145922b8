import { describe, expect, test } from 'vitest';
import { channelConversation, directoryId, personalConversation } from '../../sandbox/teams/index.ts';
import { buttons, card, commandButton, formButton, pressButton } from '../../src/ui/card.ts';
import { silentLog } from '../../src/log.ts';
import { type Replies, titleOf, withTeams } from './harness.ts';
import { acknowledged, actionsOf, ask, ping, shown, solve } from './presser.ts';

const ana = personalConversation('ana');
const claims = channelConversation('claims');

describe('a press', () => {
  test('changes the card in place, for who pressed and for everybody', async () => {
    await using h = await ask({ press: () => ({ kind: 'replace', card: acknowledged }) });
    const client = await shown(h, claims);
    const answer = await client.execute('Acknowledge');
    expect(answer).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(JSON.stringify(answer.value)).toContain('Acknowledged by Ana');
    await h.teams.stop();
    expect(JSON.stringify(client.message()?.card)).toContain('Acknowledged by Ana');
  });

  test('says which button, on which message, by whom', async () => {
    await using h = await ask({});
    const client = await shown(h, claims);
    await client.execute('Acknowledge');
    const pressed = h.heard.find((x) => x.kind === 'press');
    expect(pressed).toMatchObject({
      name: 'issue.acknowledge',
      payload: { issue: 'CLAIMS-1' },
      from: {
        user: { ref: directoryId('ana') },
        place: { kind: 'channel', ref: claims },
        message: { ref: client.message()?.id },
        requestKey: expect.stringMatching(/^teams:f:/),
      },
    });
  });

  test('delivered again has one effect and the same answer', async () => {
    await using h = await ask({ press: () => ({ kind: 'done', say: 'Acknowledged.' }) });
    await shown(h);
    const activity = {
      ...h.sandbox.client.messageActivity('ana', ana, ''),
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: 'f:1',
      value: {
        action: { type: 'Action.Execute', verb: 'press', data: { name: 'issue.acknowledge', payload: {} } },
      },
    };
    const answers = await Promise.all([1, 2].map(() => h.sandbox.client.deliver(activity)));
    expect(answers.map((a) => (a.body as { value: string }).value)).toEqual([
      'Acknowledged.',
      'Acknowledged.',
    ]);
    expect(h.heard.filter((x) => x.kind === 'press')).toHaveLength(1);
  });

  test('a command button runs the command of who presses', async () => {
    await using h = await ask({});
    const client = await shown(h);
    await client.execute('Scorecard');
    expect(h.commands()).toEqual(['show', 'scorecard claims']);
    expect(h.titles(ana)).toEqual(['CLAIMS-1 needs you', 'scorecard claims']);
  });

  test('that asks for a form shows one to fill in', async () => {
    await using h = await ask({ press: () => ({ kind: 'form', form: solve }) });
    const client = await shown(h);
    expect(await client.execute('Acknowledge')).toMatchObject({ value: 'Please fill in the form below.' });
    expect(h.titles(ana)).toEqual(['CLAIMS-1 needs you', 'Solve CLAIMS-1']);
  });

  test.each([
    { action: { verb: 'unheard-of', data: {} } },
    { action: { verb: 'press', data: { name: 7 } } },
    { action: { verb: 'submit', data: {} } },
    { action: { verb: 'command' } },
    'nonsense',
    null,
  ])('that nobody made (%j) is answered with a sentence', async (value) => {
    await using h = await ask({});
    const { body, status } = await h.sandbox.client.invoke(
      'ana',
      ana,
      undefined,
      'adaptiveCard/action',
      value,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 400,
      value: { message: expect.stringContaining('older Coxswain') },
    });
    expect(h.heard.map((x) => x.kind)).toEqual(['learn']);
  });

  test('that breaks is answered with a sentence, too', async () => {
    await using h = await ask({
      press: () => {
        throw new Error('broken on purpose');
      },
    });
    const client = await shown(h);
    expect(await client.execute('Acknowledge')).toMatchObject({
      statusCode: 200,
      value: expect.stringContaining('try again'),
    });
  });

  test('an invoke of another kind is not implemented', async () => {
    await using h = await ask({});
    expect((await h.sandbox.client.invoke('ana', ana, undefined, 'signin/verifyState', {})).status).toBe(501);
  });
});

describe('a card that only one person sees', () => {
  test('is changed for that person', async () => {
    await using h = await withTeams({
      replies: {
        command: () => ({ kind: 'card', card: ping, to: 'me' }),
        press: () => ({ kind: 'replace', card: acknowledged }),
      },
    });
    const client = await shown(h, claims);
    await client.execute('Acknowledge');
    await h.teams.stop();
    expect(client.message()).toMatchObject({ only: 'ana', edits: 1 });
  });

  test('opens its form, and what is sent there is for that person alone', async () => {
    await using h = await withTeams({
      replies: {
        command: () => ({ kind: 'card', card: ping, to: 'me' }),
        open: () => ({ kind: 'form', form: solve }),
        submit: () => ({ kind: 'card', card: card('Only Ana', []), to: 'me' }),
      },
    });
    const client = await shown(h, claims);
    const last = await client.send(await client.open('Solve'), { cause: 'hail' });
    expect(last).toMatchObject({ type: 'continue', value: { title: 'Only Ana' } });
    expect(h.titles(claims, 'bo')).toEqual([]);
  });

  test('answers the press also when it is gone after a day, without an error', async () => {
    const errors: unknown[] = [];
    const log = { ...silentLog, error: (...said: unknown[]) => void errors.push(said), child: () => log };
    await using h = await withTeams({
      replies: {
        command: () => ({ kind: 'card', card: ping, to: 'me' }),
        press: () => ({ kind: 'replace', card: acknowledged }),
      },
      deps: { log: log as never },
    });
    const client = await shown(h, claims);
    const gone = { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' } as const;
    h.sandbox.connector.fail([gone, gone], (call) => call.method === 'PUT');
    expect(JSON.stringify((await client.execute('Acknowledge')).value)).toContain('Acknowledged by Ana');
    await h.teams.stop();
    expect(errors).toEqual([]);
  });
});

describe('a dialog', () => {
  test('opens from its button', async () => {
    await using h = await ask({ open: () => ({ kind: 'form', form: solve }) });
    const task = await (await shown(h)).open('Solve');
    expect(task).toMatchObject({ type: 'continue', value: { title: 'Solve CLAIMS-1' } });
    expect(h.heard.find((x) => x.kind === 'open')).toMatchObject({
      form: 'issue.solve',
      args: { issue: 'CLAIMS-1' },
    });
  });

  test('with errors stays open, with a sentence beside the field and everything that was typed', async () => {
    await using h = await ask({
      open: () => ({ kind: 'form', form: solve }),
      submit: () => ({ kind: 'errors', form: solve, errors: { cost: 'A number is needed, such as 2.5.' } }),
    });
    const client = await shown(h);
    const again = await client.send(await client.open('Solve'), {
      cause: 'hail',
      cost: 'a lot',
      who: directoryId('bo'),
    });
    const body = (again?.value.card?.content['body'] ?? []) as {
      id?: string;
      value?: string;
      text?: string;
      choices?: { title: string }[];
    }[];
    const at = (id: string) => body.findIndex((item) => item.id === id);
    expect(again?.type).toBe('continue');
    expect(body[at('cause')]?.value).toBe('hail');
    expect(body[at('cost')]?.value).toBe('a lot');
    expect(body[at('cost') + 1]?.text).toBe('A number is needed, such as 2.5.');
    expect(body[at('who')]?.choices?.map((c) => c.title)).toContain('Bo Lindqvist');
    expect(h.heard.find((x) => x.kind === 'submit')).toMatchObject({
      form: 'issue.solve',
      args: { issue: 'CLAIMS-1' },
      raw: { cause: 'hail', cost: 'a lot', who: `<@${directoryId('bo')}>`, where: null },
    });
  });

  test('offers the channels of the team', async () => {
    await using h = await ask({ open: () => ({ kind: 'form', form: solve }) });
    const task = await (await shown(h, claims)).open('Solve');
    const body = (task.value.card?.content['body'] ?? []) as { id?: string; choices?: { title: string }[] }[];
    expect(body.find((item) => item.id === 'where')?.choices?.map((c) => c.title)).toEqual([
      'claims',
      'AI pilots',
    ]);
  });

  test('that is done closes, and the result is posted', async () => {
    await using h = await ask({
      open: () => ({ kind: 'form', form: solve }),
      submit: () => ({ kind: 'card', card: card('CLAIMS-1 is solved', []), to: 'all' }),
    });
    const client = await shown(h, claims);
    expect(await client.send(await client.open('Solve'), { cause: 'hail' })).toBeUndefined();
    expect(h.titles(claims, 'bo')).toEqual(['CLAIMS-1 needs you', 'CLAIMS-1 is solved']);
  });

  const result = card('Only you may see this', [
    buttons(
      pressButton('Again', 'x.y', { n: 1 }),
      commandButton('Scorecard', 'scorecard claims'),
      formButton('Solve', 'issue.solve', { issue: 'CLAIMS-1' }),
    ),
  ]);
  const replies: Replies = {
    open: () => ({ kind: 'form', form: solve }),
    submit: () => ({ kind: 'card', card: result, to: 'me' }),
  };
  async function inside(more: Replies) {
    const h = await ask({ ...replies, ...more });
    const client = await shown(h, claims);
    const last = await client.send(await client.open('Solve'), { cause: 'hail' });
    return { h, client, last: last! };
  }

  test('shows a result for one person inside itself', async () => {
    const { h, last } = await inside({});
    await using _ = h;
    expect(last.value.title).toBe('Only you may see this');
    expect(JSON.stringify(last.value.card)).not.toContain('Only you may see this"}');
    expect(actionsOf(last.value.card?.content).map((a) => a.type)).toEqual(Array(3).fill('Action.Submit'));
    expect(h.titles(claims)).toEqual(['CLAIMS-1 needs you']);
  });

  test.each<[string, Replies, object]>([
    [
      'Again',
      { press: () => ({ kind: 'replace', card: acknowledged }) },
      { type: 'continue', value: { title: acknowledged.title } },
    ],
    ['Again', { press: () => ({ kind: 'done', say: 'Noted.' }) }, { type: 'message', value: 'Noted.' }],
    ['Scorecard', {}, { type: 'continue', value: { title: 'scorecard claims' } }],
    ['Solve', {}, { type: 'continue', value: { title: 'Solve CLAIMS-1' } }],
  ])(
    'whose result has the button %s does what it says, where nobody else sees it',
    async (title, more, seen) => {
      const { h, client, last } = await inside(more);
      await using _ = h;
      expect(await client.send(last, {}, title)).toMatchObject(seen);
      await h.teams.idle();
      expect(h.titles(claims)).toEqual(['CLAIMS-1 needs you']);
    },
  );

  test('runs a press with its payload', async () => {
    const { h, client, last } = await inside({});
    await using _ = h;
    await client.send(last, {}, 'Again');
    expect(h.heard.findLast((x) => x.kind === 'press')).toMatchObject({ name: 'x.y', payload: { n: 1 } });
  });

  test.each([{ verb: 'order' }, { verb: 'press' }, { verb: 'form' }, 7])(
    'with a button that nobody made (%j) says so',
    async (what) => {
      await using h = await ask(replies);
      const client = await shown(h, claims);
      const task = await client.open('Solve');
      const stray = {
        ...task,
        value: { card: { content: { actions: [{ data: { 'coxswain:pressed': what } }] } } },
      };
      expect(await client.send(stray as never, {})).toMatchObject({ type: 'message' });
      expect(h.heard.filter((x) => x.kind === 'press' || x.kind === 'submit')).toEqual([]);
    },
  );
});

describe('an inline form', () => {
  const inline: Replies = { command: () => ({ kind: 'form', form: solve }) };

  test('with errors comes back in place', async () => {
    await using h = await withTeams({
      replies: {
        ...inline,
        submit: () => ({ kind: 'errors', form: solve, errors: { _: 'Somebody else solved it.' } }),
      },
    });
    const client = await shown(h);
    const { value } = await client.execute('Solve', { cause: 'hail' });
    expect(JSON.stringify(value)).toContain('Somebody else solved it.');
    expect(JSON.stringify(value)).toContain('"value":"hail"');
  });

  test('is replaced by its result, so that it is sent once', async () => {
    await using h = await withTeams({
      replies: { ...inline, submit: () => ({ kind: 'card', card: card('Solved', []), to: 'me' }) },
    });
    const client = await shown(h);
    expect(titleOf((await client.execute('Solve', { cause: 'hail' })).value)).toBe('Solved');
    await h.teams.stop();
    expect(titleOf(client.message()?.card)).toBe('Solved');
  });

  test('seen by one person in a channel posts what is for all', async () => {
    await using h = await withTeams({
      replies: { ...inline, submit: () => ({ kind: 'card', card: card('Solved', []), to: 'all' }) },
    });
    const client = await shown(h, claims);
    const { value } = await client.execute('Solve', { cause: 'hail' });
    expect(JSON.stringify(value)).toContain('Posted for everyone here');
    expect(h.titles(claims, 'bo')).toEqual(['Solved']);
  });
});
