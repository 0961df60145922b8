import { describe, expect, test } from 'vitest';
import {
  BOT,
  channelConversation,
  chatConversation,
  personalConversation,
} from '../../sandbox/teams/index.ts';
import { STARTERS } from '../../src/platforms/teams/starters.ts';
import { textOfHtml } from '../../src/platforms/teams/html.ts';
import type { Json, JsonObject } from '../../src/ui/card.ts';
import { buttons, card, pressButton } from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import { type Harness, type Replies, titleOf, withTeams } from './harness.ts';
import { actionsOf } from './presser.ts';

const claims = channelConversation('claims');
const weekly = chatConversation({ id: 'weekly', meeting: true });
const lunch = chatConversation({ id: 'lunch' });
const report: Form = {
  name: 'issue.report',
  args: {},
  title: 'Report drift',
  submit: 'Report',
  items: [{ kind: 'text', name: 'seat', label: 'Seat' }],
};
const opensForm: Replies = { open: () => ({ kind: 'form', form: report }) };

interface Task {
  readonly type: string;
  readonly value: string | { readonly title: string; readonly card: { readonly content: JsonObject } };
}
const taskOf = (body: Json | undefined) => (body as unknown as { task?: Task } | undefined)?.task;

/** Ana uses an action in the menu of a message. */
async function use(h: Harness, messageId: string | undefined, commandId: string, where = claims) {
  const invoke = async (name: string, value: Json) =>
    taskOf((await h.sandbox.client.invoke('ana', where, messageId, name, value)).body);
  interface Step {
    readonly opened: Task | undefined;
    /** Sends the form, or presses the first button of the card. */
    send(answers: Record<string, Json>): Promise<Task | undefined>;
    next(answers: Record<string, Json>): Promise<Step>;
  }
  const step = (opened: Task | undefined): Step => {
    const content = typeof opened?.value === 'object' ? opened.value.card.content : {};
    const send = (answers: Record<string, Json>) => {
      const data = { ...actionsOf(content)[0]?.data, ...answers };
      return invoke('composeExtension/submitAction', { commandId, data });
    };
    return { opened, send, next: async (answers) => step(await send(answers)) };
  };
  return step(await invoke('composeExtension/fetchTask', { commandId }));
}

const written = async (h: Harness, text: string, thread?: string) => {
  await h.sandbox.client.say('bo', claims, text, thread === undefined ? {} : { thread });
  return h.sandbox.connector.workspace.messages(claims).at(-1)!;
};

const withForm = (replies: Replies = {}) => withTeams({ replies: { ...opensForm, ...replies } });

describe('an action in the menu of a message', () => {
  test.each([
    ['report_drift', 'issue.report'],
    ['add_to_issue', 'issue.note'],
    ['raise_issue', 'issue.new'],
  ])('%s opens %s with what the message says and where it stands', async (command, form) => {
    await using h = await withForm();
    const root = await written(h, 'What do you think?');
    const message = await written(h, 'It cites § 14\n& <b>that</b> is repealed', root.id);
    const { opened } = await use(h, message.id, command);
    expect(opened).toMatchObject({ type: 'continue', value: { title: 'Report drift' } });
    const asked = h.heard.find((one) => one.kind === 'open');
    expect(asked).toMatchObject({ form, args: { text: 'It cites § 14\n& <b>that</b> is repealed' } });
    const { link } = asked!.args as { link: string };
    expect(link).toContain(`/l/message/${encodeURIComponent(claims)}/${message.id}?`);
    expect(asked!.from.place).toMatchObject({ kind: 'channel', ref: claims, thread: root.id });
    expect(asked!.from.message?.ref).toBe(message.id);
  });

  test('a card is quoted by its fallback', async () => {
    await using h = await withForm({
      command: () => ({ kind: 'card', card: card('Claims', [], { fallback: 'Claims: 1 red' }), to: 'all' }),
    });
    await h.sandbox.client.say('ana', claims, '@Coxswain scorecard');
    const shown = h.sandbox.connector.workspace.messages(claims).at(-1)!;
    await use(h, shown.id, 'report_drift');
    expect(h.heard.find((one) => one.kind === 'open')?.args).toMatchObject({ text: 'Claims: 1 red' });
  });

  test('errors come back in the dialog with what was typed; a good answer closes it', async () => {
    await using h = await withForm({
      submit: (raw) =>
        raw['seat'] === 'claims'
          ? { kind: 'card', card: card('CLAIMS-1', []), to: 'all' }
          : { kind: 'errors', form: report, errors: { seat: 'There is no such seat.' } },
    });
    const message = await written(h, 'wrong again');
    const { send } = await use(h, message.id, 'report_drift');
    const refused = JSON.stringify(await send({ seat: 'cliams' }));
    expect(refused).toContain('There is no such seat.');
    expect(refused).toContain('cliams');
    expect(await send({ seat: 'claims' })).toBeUndefined();
    const last = h.sandbox.connector.workspace.messages(claims).at(-1);
    expect([titleOf(last?.card), last?.thread]).toEqual(['CLAIMS-1', message.id]);
    expect(h.heard.findLast((one) => one.kind === 'submit')).toMatchObject({
      form: 'issue.report',
      from: { place: { thread: message.id }, message: { text: 'wrong again' } },
    });
  });

  test('in a chat to which Coxswain was never added, the result stands in the dialog', async () => {
    await using h = await withForm({
      submit: () => ({ kind: 'card', card: card('CLAIMS-1', []), to: 'all' }),
    });
    await h.sandbox.client.say('bo', lunch, 'wrong again');
    const message = h.sandbox.connector.workspace.messages(lunch).at(-1)!;
    const { send } = await use(h, message.id, 'report_drift', lunch);
    expect(await send({ seat: 'claims' })).toMatchObject({ type: 'continue', value: { title: 'CLAIMS-1' } });
    expect(h.titles(lunch)).toEqual([]);
  });

  test('an action of another version is answered with a sentence', async () => {
    await using h = await withForm();
    const message = await written(h, 'wrong again');
    const { opened } = await use(h, message.id, 'order_pizza');
    expect(opened).toMatchObject({ type: 'message', value: expect.stringContaining('older or newer') });
    expect(h.heard).toEqual([]);
  });
});

describe('an action beside what is being written', () => {
  test.each(STARTERS.flatMap(({ id, opens }) => (opens.kind === 'form' ? [[id, opens.name]] : [])))(
    '%s opens %s, in the conversation where it was chosen',
    async (command, form) => {
      await using h = await withForm();
      const { opened } = await use(h, undefined, command);
      expect(opened).toMatchObject({ type: 'continue', value: { title: 'Report drift' } });
      const asked = h.heard.find((one) => one.kind === 'open');
      expect(asked).toMatchObject({ form, args: {}, from: { place: { kind: 'channel', ref: claims } } });
      expect(asked!.from.place.thread).toBeUndefined();
      expect(asked!.from.message).toBeUndefined();
    },
  );

  test('what waits for somebody is shown to them alone, with buttons that work', async () => {
    const day = card('Your day', [buttons(pressButton('Acknowledge', 'issue.ack', {}))]);
    await using h = await withTeams({
      replies: {
        command: () => ({ kind: 'card', card: day, to: 'me' }),
        press: () => ({ kind: 'replace', card: card('Nothing waits', []) }),
      },
    });
    const { opened, send } = await use(h, undefined, 'my_day');
    expect(h.commands()).toEqual(['me']);
    expect(opened).toMatchObject({ type: 'continue', value: { title: 'Your day' } });
    expect(await send({})).toMatchObject({ type: 'continue', value: { title: 'Nothing waits' } });
    expect(h.sandbox.connector.workspace.messages(claims)).toEqual([]);
  });

  test('errors keep what was typed, pages follow in the same dialog, and the result closes it', async () => {
    const second: Form = { ...report, title: 'Page 2', items: [{ kind: 'text', name: 'why', label: 'Why' }] };
    await using h = await withForm({
      submit: (raw) => {
        if (raw['why'] !== undefined) return { kind: 'card', card: card('CLAIMS-1', []), to: 'all' };
        return raw['seat'] === 'claims'
          ? { kind: 'form', form: second }
          : { kind: 'errors', form: report, errors: { seat: 'There is no such seat.' } };
      },
    });
    const first = await use(h, undefined, 'raise_issue');
    const refused = await first.next({ seat: 'cliams' });
    expect(JSON.stringify(refused.opened)).toContain('There is no such seat.');
    expect(JSON.stringify(refused.opened)).toContain('cliams');
    const page = await refused.next({ seat: 'claims' });
    expect(page.opened).toMatchObject({ type: 'continue', value: { title: 'Page 2' } });
    expect((await page.next({ why: 'hail' })).opened).toBeUndefined();
    expect(h.titles(claims, 'bo')).toEqual(['CLAIMS-1']);
  });

  test('in the chat of a meeting Coxswain knows the meeting by its name', async () => {
    await using h = await withForm();
    await use(h, undefined, 'add_seat', weekly);
    expect(h.heard.find((one) => one.kind === 'open')?.from.place).toEqual({
      kind: 'group',
      ref: weekly,
      name: 'Claims weekly',
    });
  });

  test('in a chat to which Coxswain was never added, nothing is tied to that chat', async () => {
    await using h = await withForm();
    await use(h, undefined, 'add_seat', lunch);
    expect(h.heard.map((one) => one.kind)).toEqual(['open']);
    expect(h.heard.find((one) => one.kind === 'open')?.from.place.kind).toBe('direct');
  });

  test('between two people Teams names no conversation; the result stands in the dialog', async () => {
    await using h = await withForm({
      submit: () => ({ kind: 'card', card: card('CLAIMS-1', []), to: 'all' }),
    });
    const { conversation: _, ...bare } = h.sandbox.client.messageActivity(
      'ana',
      personalConversation('ana'),
      '',
    );
    const deliver = async (name: string, value: Json) =>
      taskOf(
        (await h.sandbox.client.deliver({ ...bare, id: crypto.randomUUID(), type: 'invoke', name, value }))
          .body,
      );
    const opened = await deliver('composeExtension/fetchTask', { commandId: 'raise_issue' });
    expect(opened).toMatchObject({ type: 'continue', value: { title: 'Report drift' } });
    const content = (opened!.value as Exclude<Task['value'], string>).card.content;
    const data = { ...actionsOf(content)[0]?.data, seat: 'claims' };
    expect(await deliver('composeExtension/submitAction', { commandId: 'raise_issue', data })).toMatchObject({
      type: 'continue',
      value: { title: 'CLAIMS-1' },
    });
    expect(h.calls('POST')).toEqual([]);
    expect(await h.sandbox.client.deliver({ ...bare, id: 'x' })).toMatchObject({ status: 400 });
  });
});

test('HTML becomes the lines that people read, and nothing in it is obeyed', () => {
  const html =
    '<div><p>Two&nbsp;lines</p>\n<p>and <at id="0">Bo</at> &lt;script&gt;</p><img src=x onerror=alert(1)><ul><li>one</li><li>two</li></ul></div>';
  expect(textOfHtml(html)).toBe('Two lines\nand Bo <script>\none\ntwo');
});

describe('a message has an address', () => {
  test('that a mention carries, and shown messages of channels', async () => {
    await using h = await withTeams({ config: { cloud: { webUrl: 'https://teams.example' } } });
    const root = await written(h, 'What do you think?');
    await h.sandbox.client.say('ana', claims, `@${BOT.name} it was the new model`, { thread: root.id });
    const said = h.heard.find((one) => one.kind === 'command');
    const own = h.sandbox.connector.workspace.messages(claims)[1]!;
    expect(said).toMatchObject({ line: 'it was the new model', from: { place: { thread: root.id } } });
    expect(said?.from.message?.ref).toBe(own.id);
    expect(said?.from.message?.link).toMatch(
      new RegExp(`^https://teams.example/l/message/.*/${own.id}\\?tenantId=.*&parentMessageId=${root.id}$`),
    );
    const { outbound } = h.teams;
    expect(await outbound.link?.('t', { conversation: claims, id: '7' })).toBe(
      'https://teams.example/l/message/19%3Aclaims%40thread.tacv2/7?tenantId=t&parentMessageId=7',
    );
    expect(
      await outbound.link?.('t', { conversation: personalConversation('ana'), id: '7' }),
    ).toBeUndefined();
  });
});
