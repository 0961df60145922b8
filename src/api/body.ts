import type { IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readBody } from '../http/body.ts';
import { parseBodyJson, parseJson, tooMany } from './json-list.ts';
import { type Fault, type Got, got, problem } from './problem.ts';

const unzip = promisify(gunzip);

/** So many bytes of NDJSON are parsed before others get a turn of the event loop. */
const TURN = 64 * 1024;
const LONGEST_LINE = 64 * 1024;
/** After so many nothing new is learned. */
const MOST_FAULTS = 100;

const MB = 1024 * 1024;
// The connection ends with it: what was not read would be taken for the next request.
const tooLarge = (limit: number) =>
  problem(413, `This is too long: at most ${limit / MB} MB. Send it in parts.`, {
    headers: { connection: 'close' },
  });

/** The bytes of a body of up to `limit` bytes, also after decompressing. */
export async function rawBody(req: IncomingMessage, limit: number): Promise<Got<Buffer>> {
  const coding = (req.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding !== 'identity' && coding !== 'gzip')
    return problem(415, 'Send the body as it is, or with “Content-Encoding: gzip”.');
  const raw = await readBody(req, limit);
  if (raw === undefined) return tooLarge(limit);
  if (coding === 'identity') return got(raw);
  try {
    return got(await unzip(raw, { maxOutputLength: limit }));
  } catch (error) {
    return error instanceof RangeError ? tooLarge(limit) : problem(400, 'The body is not valid gzip.');
  }
}

const typeOf = (req: IncomingMessage): string =>
  (req.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

/** What the longest list of any other body may hold. */
const MOST_ITEMS = 10_000;

/** JSON, or NDJSON as the list of its lines, of which there may be up to `lines`. */
export async function parseBody(req: IncomingMessage, body: Buffer, lines?: number): Promise<Got<unknown>> {
  const type = typeOf(req);
  if (lines !== undefined && type === 'application/x-ndjson') return parseLines(body, lines);
  if (type === 'application/json') return parseBodyJson(body, lines ?? MOST_ITEMS);
  const also = lines === undefined ? '' : ', or “application/x-ndjson” with one reading a line';
  return problem(415, `Send “Content-Type: application/json”${also}.`);
}

async function parseLines(body: Buffer, most: number): Promise<Got<unknown>> {
  const items: unknown[] = [];
  const errors: Fault[] = [];
  let turn = TURN;
  for (let from = 0; from < body.length && errors.length < MOST_FAULTS;) {
    const newline = body.indexOf(10, from);
    const end = newline === -1 ? body.length : newline;
    const long = end - from > LONGEST_LINE;
    const line = long ? '' : body.toString('utf8', from, end).trim();
    from = end + 1;
    if (from > turn) {
      turn = from + TURN;
      await nextTurn();
    }
    if (line === '' && !long) continue;
    if (items.length === most) return tooMany(most);
    const parsed = parseJson(line);
    if ('problem' in parsed)
      errors.push({
        index: items.length,
        detail: 'This line is not valid JSON. Send one object on each line.',
      });
    items.push('problem' in parsed ? undefined : parsed.value);
  }
  if (errors.length === 0) return got({ readings: items });
  const many = errors.length === MOST_FAULTS ? `at least ${errors.length}` : String(errors.length);
  return problem(400, `Nothing was logged: ${many} of the lines are not valid JSON.`, { errors });
}
