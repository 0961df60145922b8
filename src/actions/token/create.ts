import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { lockOrg } from '../../../db/orgs.ts';
import { seesAll } from '../../../db/sight.ts';
import { tokenByName } from '../../../db/tokens.ts';
import { parseKey } from '../../domain/seat.ts';
import { TOKEN_SCOPES, type TokenScope, formatToken, parseExpiry, parseScopes } from '../../domain/token.ts';
import { conflict } from '../../errors.ts';
import { sha256 } from '../../ids.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';
import { needSeat } from '../find.ts';
import { oneOf } from '../inputs.ts';
import { secretOwner } from './secret.ts';

const scopes = z.union([
  z
    .string()
    .min(1)
    .transform((text) => parseScopes(text)),
  z.array(oneOf('a scope', TOKEN_SCOPES)).min(1),
]);

const input = z.object({
  name: z
    .string({
      error: 'Please give the token a name, so that it can be told apart: ci, grafana, claims-agent.',
    })
    .transform((text) => parseKey(text, 'token')),
  scopes: scopes.default(['readings:write']),
  /** Key of the seat which the token reaches; every seat when left out. */
  seat: z.string().optional(),
  /** `90d`, `12h`, or `never`. */
  expires: z.string().default('90d'),
});
type Input = z.output<typeof input>;

/** Owners of a seat make tokens that reach this seat and no other. */
const seatOwner = async (s: Scope<Input>): Promise<Verdict> => {
  const { seat } = s.input;
  if (seat === undefined) return { allowed: false, whoMay: 'an owner of a seat, for that seat alone' };
  return ownerOf<Input>(async () => (await needSeat(s.tx, s.org, seat)).id)(s);
};

/** `secret` and `signingSecret` are shown once and kept nowhere; null in the answer to a repeated call. */
type Created = {
  id: string;
  name: string;
  scopes: TokenScope[];
  seat: string | null;
  expiresAt: number | null;
  token: string | null;
  signingSecret: string | null;
};

/** Makes a key for a machine. What is kept of it is a hash. */
export const createToken = defineAction({
  name: 'token.create',
  input,
  allow: either<Input>(atLeast('governor'), seatOwner),
  async run({ tx, org, now, input, person, keys }) {
    await lockOrg(tx, org);
    const all = seesAll(tx, 'a name is taken by a token of a hidden seat, too');
    if ((await tokenByName(all, org, input.name)) !== undefined) {
      throw conflict(`There is a token “${input.name}” already. Revoke it, or choose another name.`, {
        hint: `token revoke ${input.name}`,
        fields: { name: 'This name is taken.' },
      });
    }
    const seat = input.seat === undefined ? null : await needSeat(tx, org, input.seat);
    const expiresAt = parseExpiry(input.expires, now);
    const id = randomBytes(8).toString('hex');
    const token = formatToken(id, randomBytes(32).toString('base64url'));
    const signs = input.scopes.includes('alerts:write');
    const signingSecret = signs ? randomBytes(32).toString('base64url') : null;
    await tx.insert(tx.t.tokens).values({
      org,
      id,
      name: input.name,
      hash: sha256(token),
      scopes: input.scopes,
      seat: seat?.id ?? null,
      signingSecret:
        signingSecret === null ? null : keys.seal('signing secret', secretOwner(org, id), signingSecret),
      createdAt: now,
      createdBy: person!.id,
      expiresAt,
    });
    const made = { id, name: input.name, scopes: input.scopes, seat: seat?.key ?? null, expiresAt };
    const result: Created = { ...made, token, signingSecret };
    return {
      result,
      kept: { ...made, token: null, signingSecret: null },
      audit: {
        subject: seat === null ? `token:${id}` : `seat:${seat.id}`,
        facts: { token: id, scopes: input.scopes, seat: seat?.key ?? null, expiresAt },
        text: { name: input.name },
      },
    };
  },
});
