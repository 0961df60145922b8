import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { perform } from '../../actions/perform.ts';
import { MOST_READINGS, logReadings, readingInput } from '../../actions/reading/index.ts';
import { CoxswainError } from '../../errors.ts';
import type { Json } from '../../ui/card.ts';
import { type Caller, type Endpoint, ctxOf } from '../endpoint.ts';
import { type Fault, type Got, got, problem, problemOf } from '../problem.ts';
import { isObject, unknownName } from './known.ts';
import { loggedSchema } from './words.ts';

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_ERRORS = 100;
/** Readings of a batch that are told one by one in the answer. */
const MOST_TOLD = 50;
const TURN = 2000;

const answer = z.object({
  accepted: z.number().int(),
  corrected: z.number().int().meta({ description: 'How many of them superseded an earlier reading.' }),
  green: z.number().int(),
  yellow: z.number().int(),
  red: z.number().int(),
  readings: z
    .array(loggedSchema)
    .optional()
    .meta({ description: `Each of them, in the order sent; left out of batches of more than ${MOST_TOLD}.` }),
});

/** The readings of a body in either form; what is no object, or has names that nobody knows, is told by its place. */
async function itemsOf(body: unknown): Promise<Got<{ items: readonly unknown[]; single: boolean }>> {
  if (!isObject(body)) return problem(400, 'Send one reading as an object, or {"readings": […]}.');
  const single = !('readings' in body);
  if (!single) {
    const odd = unknownName(body, { readings: z.unknown() });
    if (odd !== undefined) return problem(400, odd);
  }
  const items = single ? [body] : body['readings'];
  if (!Array.isArray(items)) return problem(400, 'Send the readings as a list: {"readings": […]}.');
  if (items.length > MOST_READINGS)
    return problem(413, `These are ${items.length} readings: send at most ${MOST_READINGS} at a time.`);
  const errors: Fault[] = [];
  for (const [index, item] of items.entries()) {
    const detail = isObject(item)
      ? unknownName(item, readingInput.shape)
      : 'A reading is an object with seat, metric and value.';
    if (detail !== undefined) errors.push({ index, detail });
    if (errors.length === MOST_ERRORS) break;
    if (index % TURN === TURN - 1) await nextTurn();
  }
  if (errors.length > 0)
    return problem(400, `Nothing was logged. The first of what is wrong: ${errors[0]!.detail}`, { errors });
  return got({ items, single });
}

/** Logs all readings of a body, or none. In a list every fault is told by its place. */
export async function logBody(caller: Caller, body: unknown): Promise<Got<Json>> {
  const found = await itemsOf(body);
  if ('problem' in found) return found;
  const { items, single } = found.value;
  try {
    const { logged, counts } = await perform(ctxOf(caller), logReadings, { readings: items });
    const { readings: accepted, ...rest } = counts;
    return got({ accepted, ...rest, ...(accepted > MOST_TOLD ? {} : { readings: logged }) });
  } catch (error) {
    if (single || !(error instanceof CoxswainError)) throw error;
    const told = problemOf(error, caller.app.log, '/api/v1/readings');
    // That something in a list does not exist is a fault of the list, not of the address.
    return { problem: { ...told, status: told.status === 404 ? 400 : told.status } };
  }
}

const reading = { seat: 'claims', metric: 'acceptance', value: 91.5 };

export const readingsEndpoint: Endpoint = {
  method: 'POST',
  path: '/api/v1/readings',
  id: 'logReadings',
  summary: 'Log one reading, or up to 10,000',
  description:
    'All of them or none. Without a period, a value is for the period that is awaited. A reading for a period that has one already supersedes it; the old one is kept. As NDJSON, each line is one reading.',
  scope: 'readings:write',
  body: {
    schema: z.union([readingInput, z.object({ readings: z.array(readingInput).min(1).max(MOST_READINGS) })]),
    mostBytes: MOST_BYTES,
    lines: MOST_READINGS,
    examples: {
      single: reading,
      batch: {
        readings: [
          { ...reading, period: '2026-W46' },
          { seat: 'claims', metric: 'latency', value: 640, note: 'after the new model' },
        ],
      },
    },
  },
  answer,
  problems: [400, 404, 409, 413, 415],
  handle: ({ caller, body }) => logBody(caller, body),
};
