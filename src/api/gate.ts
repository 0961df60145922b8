import type { IncomingMessage } from 'node:http';
import { type Token, signingTokens } from '../../db/tokens.ts';
import { signingSecretOf } from '../actions/token/index.ts';
import type { App } from '../context.ts';
import { bearer, unauthorized, valid } from './authenticate.ts';
import type { Limiter } from './limit.ts';
import { type Got, problem } from './problem.ts';
import { type Claim, checkClaim } from './signature.ts';

/** Who is let in, and how often. */
export interface Gate {
  /** By `Authorization: Bearer`. */
  byToken(req: IncomingMessage): Promise<Got<Token>>;
  /** By a signature over the body of a sender that names its token by the id. */
  bySignature(sender: string | undefined, claim: Claim, body: Buffer): Promise<Got<Token>>;
}

const WRONG = 'The signature does not fit the body and the signing secret of this sender.';

export function createGate(app: App, limiter: Limiter): Gate {
  const limited = (found: Got<Token>): Got<Token> => {
    if ('problem' in found) return found;
    const taken = limiter.take(found.value.id);
    if (taken.ok) return found;
    return problem(429, `Too many requests with this token: try again in ${taken.retryAfter} s.`, {
      headers: { 'retry-after': String(taken.retryAfter) },
    });
  };
  return {
    byToken: async (req) => limited(await bearer(app, req)),
    async bySignature(sender, claim, body) {
      if (sender === undefined)
        return unauthorized(
          'A signed request names its token: add ?sender=<id of the token> to the address.',
        );
      for (const token of await signingTokens(app.store.read, sender)) {
        const secret = signingSecretOf(app.keys, token);
        const verdict = secret === undefined ? 'wrong' : checkClaim(claim, secret, body, app.wall.now());
        if (verdict === 'late')
          return unauthorized('The signature is of another time: it has to be less than five minutes old.');
        if (verdict === 'right') return limited(await valid(app, token));
      }
      // Whether the sender exists is not told.
      return unauthorized(WRONG);
    },
  };
}
