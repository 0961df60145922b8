import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';
import { MINUTE, type Wall } from '../../clock.ts';
import { readBody, tooLarge } from '../../http/body.ts';
import { type Route, sendText } from '../../http/server.ts';
import { type Seen, createSeen } from './seen.ts';

export const EVENTS_PATH = '/slack/events';

/** Slack's largest requests are view submissions, far below this; Bolt alone would take 4 MB. */
const MAX_BODY = 1_000_000;
/** docs.slack.dev/authentication/verifying-requests-from-slack. */
const TOLERANCE_MS = 5 * MINUTE;

/** Whether Slack signed these bytes: HMAC-SHA256 over `v0:timestamp:body` with the app's secret. */
function isSigned(
  secret: string,
  timestamp: string,
  body: Buffer,
  signature: string | string[] | undefined,
): boolean {
  if (typeof signature !== 'string') return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const [given, right] = [Buffer.from(signature), Buffer.from(`v0=${expected}`)];
  return given.length === right.length && timingSafeEqual(given, right);
}

/**
 * Slack's requests, checked before Bolt sees them: Bolt takes timestamps from the future and bodies that nobody
 * needs, and its own check of the signature takes a fifth of a whole request.
 */
export const eventsRoute = (receiver: HTTPReceiver, secret: string, wall: Pick<Wall, 'now'>): Route => ({
  path: EVENTS_PATH,
  async handle(req, res) {
    if (req.method !== 'POST') return sendText(res, 405, 'Slack posts its requests here.\n');
    const timestamp = String(req.headers['x-slack-request-timestamp']);
    if (!(Math.abs(wall.now() - Number(timestamp) * 1000) <= TOLERANCE_MS))
      return sendText(res, 401, 'Not a current request from Slack.\n');
    const rawBody = await readBody(req, MAX_BODY);
    if (rawBody === undefined) return tooLarge(res);
    if (!isSigned(secret, timestamp, rawBody, req.headers['x-slack-signature']))
      return sendText(res, 401, 'Not signed by Slack.\n');
    if (!holdsObject(rawBody, req.headers['content-type']))
      return sendText(res, 400, 'Not a request of Slack.\n');
    // Bolt reads what stands here instead of the stream.
    receiver.requestListener(Object.assign(req, { rawBody }), res);
    return undefined;
  },
});

const PAYLOAD = /(?:^|&)payload=(?!%7B|\{)/i;

/** Bolt 5.1 looks into the parsed body without asking whether there is one: a signed `null` would end the process. */
const holdsObject = (body: Buffer, type: string | undefined): boolean => {
  const text = body.toString('latin1');
  return type === 'application/x-www-form-urlencoded' ? !PAYLOAD.test(text) : /^\s*\{/.test(text);
};

/** Above this many requests in ten minutes the oldest are forgotten, so that memory stays bounded. */
const REPLAY_MEMORY = 50_000;

/** Requests by their signature. A repeated one is a replay: Slack signs every retry anew. */
export const createReplays = (wall: Pick<Wall, 'now'>): Seen<number> =>
  createSeen<number>(REPLAY_MEMORY, { wall, forMs: 2 * TOLERANCE_MS });

/** Whether a verified request has come before. 48 bits of its signature are enough to tell, and small to keep. */
export function isReplay(replays: Seen<number>, req: IncomingMessage): boolean {
  const signature = req.headers['x-slack-signature'];
  return typeof signature === 'string' && !replays.first(Number.parseInt(signature.slice(3, 15), 16));
}
