import type { IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readBody } from '../http/body.ts';
import { type Fault, type Got, got, problem } from './problem.ts';

const unzip = promisify(gunzip);

/** Deeper than any request needs; what is deeper was made to exhaust somebody. */
const DEEPEST = 12;

/** Lines of NDJSON that are parsed before others get a turn of the event loop. */
const TURN = 1000;

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

/** JSON, or NDJSON as the list of its lines where `lines` allows it. */
export async function parseBody(
  req: IncomingMessage,
  body: Buffer,
  { lines }: { readonly lines: boolean },
): Promise<Got<unknown>> {
  const type = typeOf(req);
  if (lines && type === 'application/x-ndjson') return parseLines(body);
  if (type !== 'application/json') {
    const also = lines ? ', or “application/x-ndjson” with one reading a line' : '';
    return problem(415, `Send “Content-Type: application/json”${also}.`);
  }
  const parsed = parse(body.toString('utf8'));
  if (parsed === undefined) return problem(400, 'The body is not valid JSON.');
  return tooDeep(parsed.json, DEEPEST) ? problem(400, 'The body is nested too deeply.') : got(parsed.json);
}

async function parseLines(body: Buffer): Promise<Got<unknown>> {
  const items: unknown[] = [];
  const errors: Fault[] = [];
  let turn = TURN;
  for (let from = 0; from < body.length;) {
    const newline = body.indexOf(10, from);
    const end = newline === -1 ? body.length : newline;
    const line = body.toString('utf8', from, end).trim();
    from = end + 1;
    if (line === '') continue;
    const parsed = parse(line);
    if (parsed === undefined || tooDeep(parsed.json, DEEPEST))
      errors.push({
        index: items.length,
        detail: 'This line is not valid JSON. Send one object on each line.',
      });
    items.push(parsed?.json);
    if (items.length < turn) continue;
    turn += TURN;
    await nextTurn();
  }
  if (errors.length > 0)
    return problem(400, `${errors.length} of ${items.length} lines are not valid JSON.`, {
      errors: errors.slice(0, 100),
    });
  return got({ readings: items });
}

function parse(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function tooDeep(value: unknown, left: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (left === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value))
    if (tooDeep(item, left - 1)) return true;
  return false;
}
