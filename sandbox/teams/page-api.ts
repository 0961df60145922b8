import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody, tooLarge } from '../../src/http/body.ts';
import { sendJson, sendText } from '../../src/http/server.ts';
import { SHORTCUTS } from '../../src/platforms/shortcuts.ts';
import { STARTERS } from '../../src/platforms/teams/starters.ts';
import { refusePost } from '../guard.ts';
import { createLive } from '../live.ts';
import { parseJson } from '../page/shared/json.ts';
import type { TeamsClient } from './client.ts';
import { BOT, type SandboxMessage, type Workspace, directoryId, personalConversation } from './workspace.ts';

const saySchema = z.object({
  person: z.string(),
  conversation: z.string(),
  text: z.string().min(1).max(28_000),
  thread: z.string().optional(),
  targeted: z.boolean().optional(),
});
const invokeSchema = z.object({
  person: z.string(),
  conversation: z.string(),
  message: z.string().optional(),
  name: z.enum([
    'adaptiveCard/action',
    'application/search',
    'task/fetch',
    'task/submit',
    'composeExtension/fetchTask',
    'composeExtension/submitAction',
  ]),
  value: z.json(),
});

const shown = (workspace: Workspace, message: SandboxMessage) => ({
  ...message,
  author:
    message.author === undefined ? BOT.name : (workspace.personBy(message.author)?.name ?? message.author),
  mine: message.author !== undefined,
});

function stateFor(workspace: Workspace, personId: string) {
  const conversations = workspace.conversations.filter(
    (c) => c.kind !== 'personal' || c.id === personalConversation(personId),
  );
  return {
    bot: BOT.name,
    starters: STARTERS.map(({ id, label }) => ({ id, label })),
    shortcuts: SHORTCUTS.map(({ id, label }) => ({ id, label })),
    people: workspace.people.map((p) => ({ id: p.id, name: p.name, ref: directoryId(p.id) })),
    conversations: conversations.map((c) => ({
      id: c.id,
      kind: c.kind,
      name: c.kind === 'personal' ? BOT.name : c.name,
      messages: workspace.messages(c.id, personId).map((m) => shown(workspace, m)),
    })),
  };
}

const BODY_LIMIT = 128 * 1024;

async function inputOf<T>(
  req: IncomingMessage,
  res: ServerResponse,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const body = await readBody(req, BODY_LIMIT);
  if (body !== undefined) return schema.safeParse(parseJson(body.toString('utf8'))).data;
  tooLarge(res);
  return undefined;
}

/** What the page asks for: state, changes, writing, pressing. Posts must carry `token`. */
export function createPageApi(workspace: Workspace, client: TeamsClient, token: string) {
  const live = createLive();
  workspace.watch(() => live.send({ kind: 'change' }));
  const unread = 'That is not what the page sends.\n';

  async function say(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const input = await inputOf(req, res, saySchema);
    if (input === undefined) return sendText(res, 400, unread);
    const { person, conversation, text, thread, targeted } = input;
    const options = {
      ...(thread === undefined ? {} : { thread }),
      ...(targeted === undefined ? {} : { targeted }),
    };
    const delivered = await client.say(person, conversation, text, options);
    return sendJson(res, 200, { heard: delivered !== undefined, status: delivered?.status ?? 200 });
  }

  async function invoke(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const input = await inputOf(req, res, invokeSchema);
    if (input === undefined) return sendText(res, 400, unread);
    return sendJson(
      res,
      200,
      await client.invoke(input.person, input.conversation, input.message, input.name, input.value),
    );
  }

  return async function handle(req: IncomingMessage, res: ServerResponse, name: string): Promise<void> {
    const refused = req.method === 'POST' ? refusePost(req, token) : undefined;
    if (refused !== undefined) return sendText(res, 403, `${refused}\n`);
    const person = new URL(req.url ?? '/', 'http://sandbox').searchParams.get('person') ?? '';
    switch (`${req.method} ${name}`) {
      case 'GET state':
        return sendJson(
          res,
          200,
          stateFor(workspace, person === '' ? (workspace.people[0]?.id ?? '') : person),
        );
      case 'GET changes':
        return live.connect(req, res);
      case 'POST say':
        return say(req, res);
      case 'POST invoke':
        return invoke(req, res);
      default:
        return sendText(res, 404, 'There is nothing at this address.\n');
    }
  };
}
