import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody, tooLarge } from '../../src/http/body.ts';
import { pathOf, sendJson } from '../../src/http/server.ts';
import type { JsonObject } from '../../src/ui/card.ts';
import { TEAM, type Workspace, accountId, directoryId, personalConversation } from './workspace.ts';

/**
 * What the next call answers instead of working. `reset` breaks the connection, `hang` never answers;
 * with `taken` the message is there all the same.
 */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly retryAfter?: string;
      readonly taken?: boolean;
    }
  | { readonly kind: 'reset' | 'hang'; readonly taken?: boolean };

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface Faults {
  /** Whose people these are. */
  readonly tenant: string;
  /** Takes the fault for a call, if one waits. */
  next(call: Call): Fault | undefined;
}

const activitySchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  summary: z.string().optional(),
  recipient: z.looseObject({ id: z.string() }).optional(),
  attachments: z.array(z.looseObject({ content: z.unknown().optional() })).optional(),
});
const openSchema = z.looseObject({ members: z.array(z.looseObject({ id: z.string() })).min(1) });

type Activity = z.infer<typeof activitySchema>;

/** Teams' own limit is higher; this is what the smallest path was seen to take. */
const MAX_ACTIVITY = 28 * 1024 + 2048;

const cardOf = (activity: Activity): JsonObject | undefined =>
  activity.attachments?.[0]?.content as JsonObject | undefined;

const fields = (activity: Activity) => {
  const card = cardOf(activity);
  return {
    text: activity.text ?? '',
    ...(activity.summary === undefined ? {} : { summary: activity.summary }),
    ...(card === undefined ? {} : { card }),
  };
};

const failure = (status: number, code: string) => ({ status, body: { error: { code, message: code } } });
type Answer = { readonly status: number; readonly body: unknown };

const split = (id: string): [string, string | undefined] => {
  const [ref = '', thread] = id.split(';messageid=');
  return [ref, thread];
};

/** The Bot Connector's calls, over an in-memory workspace. */
export function createRest(workspace: Workspace, faults: Faults) {
  function post(
    conversation: string,
    body: unknown,
    targeted: boolean,
    requestId: string | undefined,
  ): Answer {
    const activity = activitySchema.safeParse(body).data;
    const [ref, thread] = split(conversation);
    const place = workspace.conversation(ref);
    if (place === undefined) return failure(404, 'ConversationNotFound');
    if (place.away === true) return failure(403, 'BotNotInConversationRoster');
    if (activity === undefined) return failure(400, 'BadSyntax');
    if (activity.type !== 'message') return { status: 201, body: { id: workspace.nextId() } };
    if (JSON.stringify(body).length > MAX_ACTIVITY) return failure(413, 'MessageSizeTooBig');
    const only = targeted ? workspace.personBy(activity.recipient?.id ?? '')?.id : undefined;
    if (targeted && (only === undefined || place.kind === 'personal')) return failure(400, 'BadArgument');
    const { id } = workspace.add({
      conversation: ref,
      ...fields(activity),
      ...(thread === undefined || targeted ? {} : { thread }),
      ...(only === undefined ? {} : { only }),
      ...(requestId === undefined ? {} : { requestId }),
    });
    return { status: 201, body: { id } };
  }

  function put(conversation: string, id: string, body: unknown, targeted: boolean): Answer {
    const activity = activitySchema.safeParse(body).data;
    if (activity === undefined) return failure(400, 'BadSyntax');
    const [ref] = split(conversation);
    const matches = targeted === (workspace.message(ref, id)?.only !== undefined);
    const found = matches && workspace.edit(ref, id, fields(activity));
    return found ? { status: 200, body: { id } } : failure(404, 'ActivityNotFoundInConversation');
  }

  function open(body: unknown): Answer {
    const parsed = openSchema.safeParse(body).data;
    const person = workspace.personBy(parsed?.members[0]?.id ?? '');
    if (person === undefined) return failure(403, 'BotNotInConversationRoster');
    return { status: 201, body: { id: personalConversation(person.id) } };
  }

  const describe = (id: string): Answer => {
    const person = workspace.personBy(id);
    if (person === undefined || workspace.gone.has(person.id))
      return failure(404, 'MemberNotFoundInConversation');
    const { name, email } = person;
    const role = workspace.roles.has(person.id) ? workspace.roles.get(person.id) : 'user';
    const aadObjectId = directoryId(person.id);
    const id29 = accountId(person.id);
    const body = {
      id: id29,
      name,
      email,
      aadObjectId,
      objectId: aadObjectId,
      userPrincipalName: email,
      ...(role === undefined ? {} : { userRole: role }),
    };
    return { status: 200, body: { ...body, tenantId: faults.tenant } };
  };

  function route(
    method: string,
    parts: readonly string[],
    query: URLSearchParams,
    body: unknown,
    requestId?: string,
  ): Answer {
    const [kind, id, what, item] = parts;
    if (kind === 'teams' && id === TEAM && what === 'conversations' && method === 'GET') {
      const channels = workspace.conversations.filter((c) => c.kind === 'channel');
      return { status: 200, body: { conversations: channels.map((c) => ({ id: c.id, name: c.name })) } };
    }
    if (kind === 'meetings' && method === 'GET') {
      const meeting = workspace.conversations.find((c) => c.meeting !== undefined && c.meeting === id);
      return meeting === undefined
        ? failure(404, 'MeetingNotFound')
        : { status: 200, body: { details: { id, title: meeting.name, type: 'Scheduled' } } };
    }
    if (kind !== 'conversations') return failure(404, 'NotFound');
    if (id === undefined) return method === 'POST' ? open(body) : failure(405, 'MethodNotAllowed');
    if (what === 'members' && method === 'GET') {
      if (workspace.conversation(split(id)[0])?.away === true)
        return failure(403, 'BotNotInConversationRoster');
      return item === undefined
        ? {
            status: 200,
            body: workspace.people.filter((p) => !workspace.gone.has(p.id)).map((p) => describe(p.id).body),
          }
        : describe(item);
    }
    if (what === 'pagedmembers' && method === 'GET') {
      const place = workspace.conversation(split(id)[0]);
      return place === undefined || place.away === true
        ? failure(403, 'BotNotInConversationRoster')
        : { status: 200, body: { members: [] } };
    }
    if (what !== 'activities') return failure(404, 'NotFound');
    if (method === 'POST' && item === undefined)
      return post(id, body, query.get('isTargetedActivity') === 'true', requestId);
    if (method === 'POST' && item !== undefined)
      return post(`${split(id)[0]};messageid=${item}`, body, false, requestId);
    if (method === 'PUT' && item !== undefined)
      return put(id, item, body, query.get('isTargetedActivity') === 'true');
    return failure(405, 'MethodNotAllowed');
  }

  const parse = (body: Buffer): unknown => {
    try {
      return body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
    } catch {
      return undefined;
    }
  };

  return async function handle(req: IncomingMessage, res: ServerResponse, prefix: string): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://sandbox');
    const method = req.method ?? 'GET';
    const parts = pathOf(req)
      .slice(prefix.length)
      .split('/')
      .filter((p) => p !== '')
      .map(decodeURIComponent);
    const body = await readBody(req, 1024 * 1024);
    if (body === undefined) return tooLarge(res);
    const fault = faults.next({
      method,
      path: `/${parts.join('/')}`,
      authorization: req.headers.authorization,
    });
    const requestId = req.headers['x-ms-client-request-id'];
    const work = () =>
      route(
        method,
        parts,
        url.searchParams,
        parse(body),
        typeof requestId === 'string' ? requestId : undefined,
      );
    if (fault === undefined) {
      const answer = work();
      return sendJson(res, answer.status, answer.body);
    }
    if (fault.taken === true) work();
    switch (fault.kind) {
      case 'status':
        if (fault.retryAfter !== undefined) res.setHeader('retry-after', fault.retryAfter);
        return sendJson(res, fault.status, { error: { code: fault.code ?? '', message: 'made to fail' } });
      case 'reset':
        req.socket.destroy();
        return undefined;
      case 'hang':
        return undefined;
      default:
        return fault satisfies never;
    }
  };
}
