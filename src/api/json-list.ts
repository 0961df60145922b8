import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Got, got, problem } from './problem.ts';

/** Deeper than any request needs; what is deeper was made to exhaust somebody. */
const DEEPEST = 12;
/** A body up to this length is parsed as it is: that takes a few milliseconds whatever it holds. */
const SHORT = 128 * 1024;
/** So many bytes are looked through, or parsed, before others get a turn of the event loop. */
const TURN = 64 * 1024;
/** Of one item of a list, and of all that stands around the lists. */
const LONGEST_PART = 64 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

const INVALID = problem(400, 'The body is not valid JSON.');
const TOO_DEEP = problem(400, 'The body is nested too deeply.');
export const tooMany = (most: number) =>
  problem(413, `This is more than ${most} at a time: send at most ${most}, and the rest after them.`);

/** The value of a text. A problem when it is no JSON, or nested too deeply. */
export function parseJson(text: string): Got<unknown> {
  try {
    const json: unknown = JSON.parse(text);
    return tooDeep(json, DEEPEST) ? TOO_DEEP : got(json);
  } catch {
    return INVALID;
  }
}

function tooDeep(value: unknown, left: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (left === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value))
    if (tooDeep(item, left - 1)) return true;
  return false;
}

/**
 * The JSON of a body. A long one may be long only in the lists of its object (`{"readings":[…]}`), of up to `most`
 * items each: they are parsed a part at a time, so that neither a full batch nor a hostile body holds up everybody.
 */
export function parseBodyJson(body: Buffer, most: number): Got<unknown> | Promise<Got<unknown>> {
  return body.length <= SHORT ? parseJson(body.toString('utf8')) : parseLong(body, most);
}

async function parseLong(body: Buffer, most: number): Promise<Got<unknown>> {
  const lists: unknown[][] = [];
  let [around, aroundFrom] = ['', 0];
  let depth = 0;
  let list: { items: unknown[]; count: number; itemFrom: number; from: number } | undefined;
  let turn = TURN;
  /** Takes the items up to `to` into the list. */
  const take = (to: number): boolean => {
    const parsed = list && parseJson(`[${body.toString('utf8', list.from, to)}]`);
    if (parsed === undefined || 'problem' in parsed || !Array.isArray(parsed.value)) return false;
    for (const item of parsed.value) list!.items.push(item);
    return list!.items.length === list!.count;
  };
  for (let at = 0; at < body.length; at += 1) {
    if (at >= turn) {
      turn = at + TURN;
      await nextTurn();
    }
    const byte = body[at];
    if (byte === QUOTE) {
      const end = endOfText(body, at);
      if (end === -1) return INVALID;
      if (end - at > LONGEST_PART) return tooLongPart('A text');
      at = end;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > DEEPEST) return TOO_DEEP;
      if (byte !== OPEN_LIST || depth !== 2) continue;
      around += body.toString('utf8', aroundFrom, at);
      if (around.length > LONGEST_PART) return tooLongPart('What is no list');
      list = { items: [], count: 0, itemFrom: at + 1, from: at + 1 };
    } else if (byte === COMMA && depth === 2 && list !== undefined) {
      list.count += 1;
      if (list.count >= most) return tooMany(most);
      if (at - list.itemFrom > LONGEST_PART) return tooLongPart('An item of the list');
      list.itemFrom = at + 1;
      if (at - list.from < TURN) continue;
      if (!take(at)) return INVALID;
      list.from = at + 1;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      depth -= 1;
      if (depth !== 1 || list === undefined) continue;
      if (at - list.itemFrom > LONGEST_PART) return tooLongPart('An item of the list');
      if (list.count > 0 || body.toString('utf8', list.from, at).trim() !== '') list.count += 1;
      if (byte !== CLOSE_LIST || !take(at)) return INVALID;
      around += `[${lists.length}]`;
      aroundFrom = at + 1;
      lists.push(list.items);
      list = undefined;
    }
    if (at - aroundFrom > LONGEST_PART && list === undefined) return tooLongPart('What is no list');
  }
  if (list !== undefined) return INVALID;
  const parsed = parseJson(around + body.toString('utf8', aroundFrom));
  return 'problem' in parsed ? parsed : withLists(parsed.value, lists);
}

const tooLongPart = (what: string) =>
  problem(413, `${what} is too long: at most ${LONGEST_PART / 1024} KB of a long body.`);

/** Every list of the object has been replaced by a list of its number. */
function withLists(value: unknown, lists: readonly unknown[][]): Got<unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return INVALID;
  const entries = Object.entries(value).map(([name, item]: [string, unknown]) => [
    name,
    Array.isArray(item) ? lists[Number(item[0])] : item,
  ]);
  return got(Object.fromEntries(entries));
}

/** Place of the quote that ends the text which begins at `from`, or of one that is too far away; -1 without one. */
function endOfText(body: Buffer, from: number): number {
  for (let at = body.indexOf(QUOTE, from + 1); at !== -1; at = body.indexOf(QUOTE, at + 1)) {
    let before = at - 1;
    while (body[before] === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1 || at - from > LONGEST_PART) return at;
  }
  return -1;
}
