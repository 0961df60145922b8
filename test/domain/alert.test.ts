import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Episode, alertSeverity, meaningOf } from '../../src/domain/alert.ts';
import { parseExpiry, parseScopes, tokenState } from '../../src/domain/token.ts';
import { DAY } from '../../src/clock.ts';
import { deriveKeys } from '../../src/keys.ts';

const firing = (startedAt: number): Episode => ({ state: 'firing', startedAt });
const resolved = (startedAt: number): Episode => ({ state: 'resolved', startedAt });

test.each([
  [undefined, firing(1), 'begins'],
  [undefined, resolved(1), 'over'],
  [firing(1), firing(1), 'repeats'],
  [firing(1), firing(2), 'begins'],
  [firing(2), firing(1), 'stale'],
  [firing(1), resolved(1), 'ends'],
  [firing(1), resolved(2), 'ends'],
  [firing(2), resolved(1), 'stale'],
  [resolved(1), firing(1), 'stale'],
  [resolved(1), firing(2), 'begins'],
  [resolved(1), resolved(1), 'repeats'],
  [resolved(1), resolved(2), 'over'],
  [resolved(2), resolved(1), 'stale'],
] as const)('after %j, %j %s', (known, event, meaning) => {
  expect(meaningOf(known, event)).toBe(meaning);
});

test('in whatever order the messages of one episode come, it is over at the end', () => {
  const messages = fc.shuffledSubarray([firing(1), firing(1), resolved(1), resolved(1)], { minLength: 4 });
  fc.assert(
    fc.property(messages, (events) => {
      let known: Episode | undefined;
      for (const event of events) if (meaningOf(known, event) !== 'stale') known = event;
      expect(known).toEqual(resolved(1));
    }),
  );
});

test('words of monitoring systems become severities; others stay open', () => {
  expect(['Critical', 'error', ' warning ', 'info', '2', 'purple'].map(alertSeverity)).toEqual([
    1,
    2,
    3,
    4,
    2,
    undefined,
  ]);
});

describe('tokens', () => {
  test('scopes and ends are typed in words', () => {
    expect(parseScopes('read, readings:write READ')).toEqual(['readings:write', 'seats:read']);
    expect(() => parseScopes('write')).toThrow('choose among readings, read, issues, alerts');
    expect(parseExpiry('2d', 5)).toBe(5 + 2 * DAY);
    expect(parseExpiry('never', 5)).toBeNull();
    expect(tokenState({ expiresAt: 5, revokedAt: null }, 4)).toBe('active');
    expect(tokenState({ expiresAt: 5, revokedAt: null }, 5)).toBe('expired');
    expect(tokenState({ expiresAt: null, revokedAt: 3 }, 4)).toBe('revoked');
  });

  test('what is sealed opens for the same owner and with the same key only, and unaltered', () => {
    const keys = deriveKeys(new Uint8Array(32).fill(7));
    const sealed = keys.seal('signing secret', 'org/a', 'the secret');
    expect(sealed).not.toContain('secret');
    expect(keys.seal('signing secret', 'org/a', 'the secret')).not.toBe(sealed);
    expect(keys.unseal('signing secret', 'org/a', sealed)).toBe('the secret');
    expect(() => keys.unseal('signing secret', 'org/b', sealed)).toThrow('it was altered');
    expect(() => keys.unseal('audit seal', 'org/a', sealed)).toThrow('another encryption key');
    const [version, id, nonce, body] = sealed.split('.');
    const bent = Buffer.from(body!, 'base64url');
    bent[0] = bent[0]! ^ 1;
    const altered = [version, id, nonce, bent.toString('base64url')].join('.');
    expect(() => keys.unseal('signing secret', 'org/a', altered)).toThrow('it was altered');
    const others = deriveKeys(new Uint8Array(32).fill(8));
    expect(() => others.unseal('signing secret', 'org/a', sealed)).toThrow('another encryption key');
  });
});
