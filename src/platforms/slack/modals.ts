import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ModalView } from '@slack/types';
import { TIMEOUT_MS } from './client.ts';

const SLACK_API = 'https://slack.com/api/';
/** Slack's answers hold the view once more. */
const MAX_ANSWER = 1_000_000;

type OpenMethod = 'views.open' | 'views.push';

/** Shows a modal for a trigger, and returns the id of its view. Throws an Error with Slack's code. */
export type OpenModal = (method: OpenMethod, trigger: string, view: ModalView) => Promise<string | undefined>;

export interface Modals {
  /** `error` is Slack's code where it refused. */
  open(
    token: string,
    method: OpenMethod,
    trigger: string,
    view: ModalView,
  ): Promise<{ readonly id?: string | undefined; readonly error?: string }>;
  /** Closes the connections that are kept. */
  close(): void;
}

/**
 * The one call of the Web API for which somebody waits with an open mouth: a trigger lives three seconds. The
 * library's own way takes several times as long, most of it in writing a debug line that nobody reads.
 */
export function createModals(apiUrl: string = SLACK_API): Modals {
  const base = new URL(apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`);
  const secure = base.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = secure ? httpsRequest : httpRequest;

  function post(token: string, method: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent: ClientRequest = request(new URL(method, base), {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        },
      });
      const late = setTimeout(() => sent.destroy(new Error('Slack did not answer in time')), TIMEOUT_MS);
      sent.on('close', () => clearTimeout(late));
      sent.on('response', (answer) => void textOf(answer).then(resolve, reject));
      sent.on('error', (error) => {
        const { code } = error as NodeJS.ErrnoException;
        // Slack closed a kept connection at this moment. A trigger opens one modal, so asking again is safe.
        if (code === 'ECONNRESET' && sent.reusedSocket) resolve(post(token, method, body));
        else reject(error);
      });
      sent.end(body);
    });
  }

  return {
    async open(token, method, trigger, view) {
      const body = JSON.stringify({ trigger_id: trigger, view });
      const answer: unknown = JSON.parse(await post(token, method, body));
      const { ok, error, view: shown } = answer as { ok?: unknown; error?: unknown; view?: { id?: string } };
      if (ok !== true) return { error: typeof error === 'string' ? error : 'nothing readable' };
      return { id: shown?.id };
    },
    close: () => agent.destroy(),
  };
}

function textOf(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const { statusCode } = answer;
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => {
      text += part;
      if (text.length > MAX_ANSWER) answer.destroy(new Error('Slack answered too much'));
    });
    answer.on('error', reject);
    answer.on('end', () => {
      if (statusCode === 200) resolve(text);
      else reject(new Error(`Slack answered with status ${statusCode}`));
    });
  });
}
