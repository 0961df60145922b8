import { sha256 } from '../ids.ts';

/** `ABCD-EFGH-JKLM`: no letters or digits that look alike; 58 bits, so nobody guesses it within its life. */
export function newCode(): string {
  const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const letters = [...bytes].map((b) => alphabet[b % alphabet.length]!).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is kept of a code. Letter case, dashes and spaces do not matter. */
export const codeDigest = (code: string): string => sha256(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));
