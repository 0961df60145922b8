import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Token, listTokens, tokenByName } from '../../../db/tokens.ts';
import type { Db } from '../../../db/store.ts';
import { conflict, notFound } from '../../errors.ts';
import { nearest } from '../../grammar/nearest.ts';
import { clip } from '../../text.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';

type Input = { name: string };

async function needToken(db: Db, org: string, name: string): Promise<Token> {
  const wanted = name.trim().toLowerCase();
  const token = await tokenByName(db, org, wanted);
  if (token !== undefined) return token;
  const known = (await listTokens(db, org)).map((t) => t.name);
  const near = nearest(wanted, known);
  const help = near === undefined ? '“token list” shows all.' : `Did you mean “${near}”?`;
  throw notFound(`There is no token “${clip(name, 40)}”. ${help}`, { hint: 'token list' });
}

/** Who made it, and for a token of one seat the owners of that seat. */
async function closeToIt(s: Scope<Input>): Promise<Verdict> {
  const token = await needToken(s.tx, s.org, s.input.name);
  if (s.person !== undefined && token.createdBy === s.person.id) return { allowed: true, right: 'maker' };
  const { seat } = token;
  if (seat === null) return { allowed: false, whoMay: 'who made it' };
  return ownerOf<Input>(() => seat)(s);
}

/** Ends a token at once: its next request is refused. */
export const revokeToken = defineAction({
  name: 'token.revoke',
  input: z.object({ name: z.string({ error: 'Which token? Give its name.' }) }),
  allow: either<Input>(atLeast('governor'), closeToIt),
  async run({ tx, org, now, input, person }) {
    const { tokens } = tx.t;
    const token = await needToken(tx, org, input.name);
    const [row] = await tx
      .update(tokens)
      .set({ revokedAt: now, revokedBy: person!.id })
      .where(and(eq(tokens.org, org), eq(tokens.id, token.id), isNull(tokens.revokedAt)))
      .returning({ id: tokens.id });
    if (row === undefined) throw conflict(`The token “${token.name}” was just revoked by somebody else.`);
    return {
      result: { id: token.id, name: token.name },
      audit: {
        subject: token.seat === null ? `token:${token.id}` : `seat:${token.seat}`,
        facts: { token: token.id, revoked: true },
        text: { name: token.name },
      },
    };
  },
});
