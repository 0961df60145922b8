import type { Token } from '../../../db/tokens.ts';
import type { Keys } from '../../keys.ts';

/** Whose sealed secret it is: one that was copied to another token does not open. */
export const secretOwner = (org: string, token: string): string => `${org}/${token}`;

/** The secret with which a sender signs; undefined for a token that has none. */
export const signingSecretOf = (keys: Keys, token: Token): string | undefined =>
  token.signingSecret === null
    ? undefined
    : keys.unseal('signing secret', secretOwner(token.org, token.id), token.signingSecret);
