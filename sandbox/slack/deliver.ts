import { createHmac } from 'node:crypto';
import { type Obj, parseJson } from '../page/shared/json.ts';
import { eventsUrl, keep, type State } from './state.ts';
import type { SentRequest } from './types.ts';

/** Slack waits this long for an acknowledgement (bolt-js, Acknowledging requests). */
const ACK_MS = 3000;

export type Ack =
  | { readonly ok: true; readonly body: unknown }
  /** Slack's own words for it: `operation_timeout`, `dispatch_failed`, `http_status_500`. */
  | { readonly ok: false; readonly problem: string };

/** The headers Slack signs a request with (docs.slack.dev, Verifying requests). `at`: seconds since 1970. */
const signature = (secret: string, at: number, body: string): Record<string, string> => ({
  'x-slack-request-timestamp': String(at),
  'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
});

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

function signed(state: State, kind: SentRequest['kind'], type: string, body: string): SentRequest {
  const at = Math.floor(state.wall.now() / 1000);
  const headers = { 'content-type': type, ...signature(state.setup.signingSecret, at, body) };
  return { kind, url: eventsUrl(state), headers, body };
}

/** Posts a request to the bot and waits for its acknowledgement. */
export async function deliver(state: State, request: SentRequest): Promise<Ack> {
  keep(state.sent, request);
  try {
    const { url, headers, body } = request;
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ACK_MS) });
    const answer = await response.text();
    if (response.status !== 200) return { ok: false, problem: `http_status_${response.status}` };
    return { ok: true, body: answer === '' ? undefined : (parseJson(answer) ?? answer) };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return { ok: false, problem: late ? 'operation_timeout' : 'dispatch_failed' };
  }
}

export const deliverCommand = (state: State, fields: Readonly<Record<string, string>>): Promise<Ack> =>
  deliver(state, signed(state, 'command', FORM_TYPE, new URLSearchParams(fields).toString()));

export const deliverInteraction = (state: State, payload: Obj): Promise<Ack> => {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return deliver(state, signed(state, 'interaction', FORM_TYPE, body));
};

export const deliverEvent = (state: State, payload: Obj): Promise<Ack> =>
  deliver(state, signed(state, 'event', JSON_TYPE, JSON.stringify(payload)));

/** The same request once more, signed again, as Slack does when it saw no acknowledgement. */
export function redeliver(state: State, request: SentRequest, attempt = 1): Promise<Ack> {
  const { headers, ...again } = signed(
    state,
    request.kind,
    request.headers['content-type'] ?? '',
    request.body,
  );
  const retry = { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_timeout' };
  return deliver(state, { ...again, headers: { ...headers, ...retry } });
}
