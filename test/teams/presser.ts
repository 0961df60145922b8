import { personalConversation } from '../../sandbox/teams/index.ts';
import {
  type Card,
  type Json,
  buttons,
  card,
  commandButton,
  formButton,
  paragraph,
  pressButton,
} from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import { type Harness, type Replies, withTeams } from './harness.ts';

const ana = personalConversation('ana');

export const ping = card('CLAIMS-1 needs you', [
  buttons(
    pressButton('Acknowledge', 'issue.acknowledge', { issue: 'CLAIMS-1' }),
    commandButton('Scorecard', 'scorecard claims'),
    formButton('Solve', 'issue.solve', { issue: 'CLAIMS-1' }),
  ),
]);
export const acknowledged = card('CLAIMS-1 needs you', [paragraph('Acknowledged by Ana')]);
export const solve: Form = {
  name: 'issue.solve',
  args: { issue: 'CLAIMS-1' },
  title: 'Solve CLAIMS-1',
  submit: 'Solve',
  items: [
    { kind: 'long_text', name: 'cause', label: 'Cause' },
    { kind: 'number', name: 'cost', label: 'Cost' },
    { kind: 'person', name: 'who', label: 'Who' },
    { kind: 'channel', name: 'where', label: 'Where', optional: true },
  ],
};

interface Action {
  readonly title: string;
  readonly type: string;
  readonly verb?: string;
  readonly data?: Record<string, Json>;
}
export const actionsOf = (shown: unknown): Action[] => {
  const { body = [], actions = [] } = shown as { body?: { actions?: Action[] }[]; actions?: Action[] };
  return [...body.flatMap((item) => item.actions ?? []), ...actions];
};

/** Shows a card by a command and gives what a person at the client can do with it. */
export async function shown(h: Harness, where = ana) {
  await h.sandbox.client.say('ana', where, '@Coxswain show');
  const message = h.sandbox.connector.workspace.messages(where).findLast((m) => m.author === undefined);
  const action = (title: string, on: unknown = message?.card) => actionsOf(on).find((a) => a.title === title);
  const invoke = async (name: string, value: Json) =>
    h.sandbox.client.invoke('ana', where, message?.id, name, value);
  return {
    message: () => h.sandbox.connector.workspace.message(where, message?.id ?? ''),
    execute: async (title: string, inputs: Record<string, Json> = {}, on?: unknown) => {
      const { type = '', verb = '', data = {} } = action(title, on) ?? {};
      const delivered = await invoke('adaptiveCard/action', {
        action: { type, verb, data: { ...data, ...inputs } },
        trigger: 'manual',
      });
      return delivered.body as unknown as { statusCode: number; type: string; value: unknown };
    },
    open: async (title: string) => {
      const delivered = await invoke('task/fetch', {
        data: action(title)?.data ?? {},
        context: { theme: 'default' },
      });
      return (delivered.body as unknown as { task: Task }).task;
    },
    /** Sends a dialog's form, or presses the button of that title in it. */
    send: async (task: Task, inputs: Record<string, Json>, title?: string) => {
      const offered = actionsOf(task.value.card?.content);
      const data = (title === undefined ? offered[0] : offered.find((a) => a.title === title))?.data ?? {};
      const delivered = await invoke('task/submit', { data: { ...data, ...inputs } });
      return (delivered.body as unknown as { task?: Task } | undefined)?.task;
    },
  };
}
interface Task {
  readonly type: string;
  readonly value: { readonly title?: string; readonly card?: { readonly content: Record<string, unknown> } };
}

export const ask = (replies: Replies, shows: Card = ping) =>
  withTeams({
    replies: {
      command: (line) => ({ kind: 'card', card: line === 'show' ? shows : card(line, []), to: 'all' }),
      ...replies,
    },
  });
