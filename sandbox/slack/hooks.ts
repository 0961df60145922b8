import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf, sendJson, sendText } from '../../src/http/server.ts';
import { readArgs } from './body.ts';
import type { Obj } from '../page/shared/json.ts';
import { findMessage, post, remove, update } from './messages.ts';
import { contentOf } from './methods/chat.ts';
import { flag } from './methods/method.ts';
import { type Hook, originOf, secret, type State } from './state.ts';

/** docs.slack.dev, Handling user interaction: a response_url works 5 times within 30 minutes. */
const USES = 5;
const LIFE_MS = 30 * 60_000;

/** A new response_url. `kind` as in Slack's own: commands and actions have different paths. */
export function newHook(
  state: State,
  kind: 'commands' | 'actions',
  hook: Omit<Hook, 'expiresAt' | 'uses'>,
): string {
  const path = `/sandbox/slack/hooks/${kind}/${state.setup.team.id}/${state.hooks.size + 1}/${secret()}`;
  state.hooks.set(path, { ...hook, expiresAt: state.wall.now() + LIFE_MS, uses: 0 });
  return `${originOf(state)}${path}`;
}

/** Shows what an app answers to a person: an ephemeral message, one for all, or a changed original. */
export function show(state: State, hook: Omit<Hook, 'expiresAt' | 'uses'>, args: Obj): string | undefined {
  const original = hook.original === undefined ? undefined : findMessage(state, hook.channel, hook.original);
  if (flag(args, 'delete_original')) {
    if (original === undefined) return 'message_not_found';
    remove(state, original);
    return undefined;
  }
  const parsed = contentOf(state, args);
  if ('refused' in parsed) return 'error' in parsed.refused ? parsed.refused.error : 'invalid_payload';
  if (flag(args, 'replace_original') && original !== undefined) {
    update(state, original, {
      ...parsed.content,
      ...(parsed.content.blocks.length > 0 ? {} : { edited: true }),
    });
    return undefined;
  }
  const forAll = args['response_type'] === 'in_channel';
  post(state, {
    channel: hook.channel,
    user: state.setup.botUserId,
    ...parsed.content,
    ...(forAll ? {} : { only: hook.user }),
    ...(hook.threadTs === undefined ? {} : { threadTs: hook.threadTs }),
  });
  return undefined;
}

export async function answerHook(state: State, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const parsed = await readArgs(req);
  const hook = state.hooks.get(pathOf(req));
  if (hook === undefined) return sendText(res, 404, 'no_active_hooks');
  if (hook.expiresAt < state.wall.now()) return sendText(res, 404, 'expired_url');
  if (hook.uses >= USES) return sendText(res, 404, 'used_url');
  if (typeof parsed === 'string') return sendText(res, 400, 'invalid_payload');
  hook.uses += 1;
  const problem = show(state, hook, parsed.args);
  return problem === undefined
    ? sendJson(res, 200, { ok: true })
    : sendJson(res, 400, { ok: false, error: problem });
}
