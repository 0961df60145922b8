import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { explain } from '../../db/store.ts';
import { CoxswainError, type ErrorCode } from '../errors.ts';
import type { Log } from '../log.ts';

/** One thing that is wrong: a place in a list, or a field by its name. */
const fault = z.object({
  index: z.number().int().optional().meta({ description: 'Place in the list, from 0.' }),
  field: z.string().optional().meta({ description: 'Name of the field.' }),
  detail: z.string().meta({ description: 'What is wrong, and what to send instead.' }),
});
export type Fault = z.output<typeof fault>;

/** RFC 9457. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z.array(fault).optional(),
});

export interface Problem {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A value, or why there is none. */
export type Got<T> = { readonly value: T } | { readonly problem: Problem };

export const got = <T>(value: T): Got<T> => ({ value });
export const problem = (
  status: number,
  detail: string,
  more: Pick<Problem, 'errors' | 'headers'> = {},
): { problem: Problem } => ({ problem: { status, detail, ...more } });

const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
  internal: 500,
  unavailable: 503,
};

const RETRY_AFTER_SECONDS = '5';

/** `value_3` and `readings.3` are places in a list; what stands under `_` belongs to no field. */
function faultOf([name, detail]: [string, string]): Fault {
  const index = /^(?:value_|readings\.)(\d+)$/.exec(name)?.[1];
  if (index !== undefined) return { index: Number(index), detail };
  return name === '_' ? { detail } : { field: name, detail };
}

/** What a machine is told of an error. What is no sentence for others is logged, without what was sent. */
export function problemOf(error: unknown, log: Log, path: string): Problem {
  if (!(error instanceof CoxswainError)) {
    log.error({ err: error, path }, 'a request of a machine failed');
    // The database itself cannot be read for the moment: that is worth trying again.
    const told = explain(error);
    if (told instanceof CoxswainError) return problemOf(told, log, path);
    return {
      status: 500,
      detail: 'Something went wrong on our side; nothing was changed. The log says what.',
    };
  }
  const status = STATUS[error.code];
  const errors = Object.entries(error.fields).map(faultOf);
  return {
    status,
    detail: error.message,
    ...(errors.length === 0 ? {} : { errors }),
    ...(status === 503 || status === 429 ? { headers: { 'retry-after': RETRY_AFTER_SECONDS } } : {}),
  };
}

export function sendProblem(res: ServerResponse, { status, detail, errors, headers }: Problem): void {
  if (res.headersSent) return;
  const body: z.output<typeof problemSchema> = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
  res
    .writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}
