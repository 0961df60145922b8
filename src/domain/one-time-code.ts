import { DAY, HOUR, type Instant, MINUTE } from '../clock.ts';

/** How long a code that joins organisations works, and one that links two accounts. */
export const JOIN_CODE_LASTS = HOUR;
export const LINK_CODE_LASTS = 15 * MINUTE;

/** How long somebody may take to say whether an account with their address is theirs. */
export const ADDRESS_ASK_LASTS = 7 * DAY;

/** What waits for accounts to be linked is offered for a day. */
const KEPT_LASTS = DAY;

/** What was kept, while it is offered. */
export const keptAt = <K extends { readonly at: Instant }>(kept: K | null, now: Instant): K | null =>
  kept === null || kept.at + KEPT_LASTS <= now ? null : kept;

/** After so many wrong codes within an hour a person has to wait for its end. */
const MOST_WRONG_CODES = 5;

/** Wrong codes of one person: how many, and since when. */
export interface Tries {
  readonly wrongCodes: number;
  readonly wrongCodesFrom: Instant | null;
}

const lasts = ({ wrongCodesFrom }: Tries, now: Instant): boolean =>
  wrongCodesFrom !== null && now < wrongCodesFrom + HOUR;

/** When this person may try a code again; undefined when they may now. */
export const mayTryAt = (tries: Tries, now: Instant): Instant | undefined =>
  lasts(tries, now) && tries.wrongCodes >= MOST_WRONG_CODES ? tries.wrongCodesFrom! + HOUR : undefined;

/** What is kept after one more wrong code. */
export const afterWrong = (tries: Tries, now: Instant): Tries =>
  lasts(tries, now)
    ? { wrongCodes: tries.wrongCodes + 1, wrongCodesFrom: tries.wrongCodesFrom }
    : { wrongCodes: 1, wrongCodesFrom: now };
