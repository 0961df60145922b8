import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Token, markTokenUsed, tokenByHash } from '../../db/tokens.ts';
import type { App } from '../context.ts';
import { hourOf, looksLikeToken, tokenState } from '../domain/token.ts';
import { sha256 } from '../ids.ts';
import { type Got, got, problem } from './problem.ts';

/** The challenge that belongs to every 401 (RFC 6750). */
const CHALLENGE = { 'www-authenticate': 'Bearer realm="coxswain"' };

export const unauthorized = (detail: string) => problem(401, detail, { headers: CHALLENGE });

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/** The token of `Authorization: Bearer cxs_…`, if it is valid now. Every other case is a 401 that says why. */
export async function bearer(app: App, req: IncomingMessage): Promise<Got<Token>> {
  const [, given] = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
  if (given === undefined)
    return unauthorized('Send a token: “Authorization: Bearer cxs_…”. “/pilot token new” makes one.');
  if (!looksLikeToken(given)) return unauthorized('This is not a token of Coxswain: those begin with cxs_.');
  const hash = sha256(given);
  const token = await tokenByHash(app.store.read, hash);
  if (token === undefined || !same(token.hash, hash)) return unauthorized('This token is not known.');
  return valid(app, token);
}

/** The token itself as long as it is neither revoked nor expired. Its use is kept, to the hour. */
export async function valid(app: App, token: Token): Promise<Got<Token>> {
  const now = app.clock.now();
  const state = tokenState(token, now);
  if (state === 'expired') return unauthorized('This token has expired. “/pilot token new” makes another.');
  if (state === 'revoked') return unauthorized('This token was revoked.');
  const hour = hourOf(now);
  if (token.usedAt === null || token.usedAt < hour)
    await app.store.write((tx) => markTokenUsed(tx, token.org, token.id, hour));
  return got(token);
}
