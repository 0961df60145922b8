import type { z } from 'zod';
import type { Token } from '../../db/tokens.ts';
import type { App, Ctx } from '../context.ts';
import type { TokenScope } from '../domain/token.ts';
import { sha256 } from '../ids.ts';
import type { Json } from '../ui/card.ts';
import type { Got } from './problem.ts';

/** Who calls: a machine with a valid token. */
export interface Caller {
  readonly app: App;
  readonly token: Token;
  /** Makes a repeated request have one effect; from its Idempotency-Key, or its signature. */
  readonly key?: string;
}

/** The context of an action by this machine. `part` tells the actions of one request apart. */
export const ctxOf = ({ app, token, key }: Caller, part = ''): Ctx => ({
  ...app,
  org: token.org,
  actor: { kind: 'token', token: token.id },
  ...(key === undefined ? {} : { requestKey: `api/${token.id}/${sha256(key)}${part}` }),
});

export interface Request {
  readonly caller: Caller;
  /** From the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON, not checked yet; undefined without a body. */
  readonly body: unknown;
}

export interface Body {
  /** What is documented; the handler checks with it, or with the action that has the same parts. */
  readonly schema: z.ZodType;
  readonly mostBytes: number;
  /** NDJSON is taken as well, of up to so many lines; a list of the body may be as long. */
  readonly lines?: number;
  readonly examples: Readonly<Record<string, unknown>>;
}

/** One operation of the API, as data: the router and the OpenAPI document are made from it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** `/api/v1/seats/{key}` */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: TokenScope;
  /** Takes a signature instead of a token, too. */
  readonly signed?: 'grafana' | 'own';
  readonly body?: Body;
  readonly answer: z.ZodType;
  /** Beside 200, 401, 403 and 429, which every operation has. */
  readonly problems: readonly number[];
  readonly handle: (request: Request) => Promise<Got<Json>>;
}
