import * as fc from 'fast-check';
import { CoxswainError } from '../../src/errors.ts';

/** What somebody reads who typed something wrong. Anything else that is thrown is a fault of ours. */
export function caught(act: () => unknown): CoxswainError {
  try {
    act();
  } catch (error) {
    if (error instanceof CoxswainError && error.code === 'invalid') return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

const PIECES = [
  'seat', 'show', 'log', 'claims', 'help', 'saet', '=', 'note=', '__proto__=', 'constructor=x', '__proto__',
  '"', '“', '”', '„', '«', '»', '\\', '\\"', ' ', '  ', '\u00a0', '\u200b', '\u200f', '\u202e', '\ufeff',
  '\ud800', '\udc00', '\u0000', '\u001b[31m', '<', '>', '<@', '<@U1>', '<@U1|a b>', '<#C1|', '<!channel>',
  '<!subteam^S1>', '&lt;', '*_~`', '=cmd|calc', '+1', '@here', '👩‍💻', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'é', 'مرحبا', '座席', '\r\n', '%s', '${x}',
  "'; drop table seats; --", '../../etc', '-'.repeat(50), 'x'.repeat(300),
]; // prettier-ignore

/** Lines made to break a parser: pieces with a meaning in any order, any Unicode, halves of characters. */
export const hostileLine: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), {
      maxLength: 14,
    })
    .map((pieces) => pieces.join(' ')),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);
