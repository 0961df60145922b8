import { describe, expect, test } from 'vitest';
import { BOT, channelConversation, personalConversation } from '../../sandbox/teams/index.ts';
import { textOfHtml } from '../../src/platforms/teams/html.ts';
import type { Json, JsonObject } from '../../src/ui/card.ts';
import { card } from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import { type Harness, type Replies, titleOf, withTeams } from './harness.ts';
import { actionsOf } from './presser.ts';

const claims = channelConversation('claims');
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
async function use(h: Harness, messageId: string, commandId: string, where = claims) {
  const invoke = async (name: string, value: Json) =>
    taskOf((await h.sandbox.client.invoke('ana', where, messageId, name, value)).body);
  const opened = await invoke('composeExtension/fetchTask', { commandId });
  const content = typeof opened?.value === 'object' ? opened.value.card.content : {};
  return {
    opened,
    send: (answers: Record<string, Json>) => {
      const data = { ...actionsOf(content)[0]?.data, ...answers };
      return invoke('composeExtension/submitAction', { commandId, data });
    },
  };
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
    const message = await written(h, 'wrong again');
    const { send } = await use(h, message.id, 'report_drift');
    h.sandbox.connector.fail([{ kind: 'status', status: 403, code: 'BotNotInConversationRoster' }]);
    expect(await send({ seat: 'claims' })).toMatchObject({ type: 'continue', value: { title: 'CLAIMS-1' } });
  });

  test('such a chat is not taken for one in which Coxswain may post', async () => {
    await using h = await withForm();
    const message = await written(h, 'wrong again');
    await use(h, message.id, 'report_drift');
    expect(h.heard.map(({ kind }) => kind)).toEqual(['open']);
  });

  test('an action of another version is answered with a sentence', async () => {
    await using h = await withForm();
    const message = await written(h, 'wrong again');
    const { opened } = await use(h, message.id, 'order_pizza');
    expect(opened).toMatchObject({ type: 'message', value: expect.stringContaining('older or newer') });
    expect(h.heard).toEqual([]);
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
    expect(outbound.link?.('t', { conversation: claims, id: '7' })).toBe(
      'https://teams.example/l/message/19%3Aclaims%40thread.tacv2/7?tenantId=t&parentMessageId=7',
    );
    expect(outbound.link?.('t', { conversation: personalConversation('ana'), id: '7' })).toBeUndefined();
  });
});
