import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CoxswainError } from '../../src/errors.ts';
import { mentionOf } from '../../src/grammar/mention.ts';
import { quote } from '../../src/grammar/quotes.ts';
import { LONGEST_LINE, tokenize } from '../../src/grammar/tokenize.ts';
import { caught, hostileLine } from './lines.ts';

/** What the words of a line say, `key=value` with its key. */
const said = (line: string) =>
  tokenize(line).map(({ key, text }) => (key === undefined ? text : { [key]: text }));

describe('words', () => {
  test.each([
    ['seat show claims', ['seat', 'show', 'claims']],
    ['  seat\tshow\n claims ', ['seat', 'show', 'claims']],
    ['', []],
    ['   ', []],
    ['it\'s 5" wide', ["it's", '5"', 'wide']],
    ['C:\\temp -0.5 50%', ['C:\\temp', '-0.5', '50%']],
    ['https://example.com/?a=b', ['https://example.com/?a=b']],
    ['座席 مقعد 👩‍💻 café', ['座席', 'مقعد', '👩‍💻', 'café']],
  ])('%j', (line, words) => {
    expect(said(line)).toEqual(words);
  });
});

describe('quoted texts', () => {
  test.each([
    ['issue new "wrong amounts since Monday"', ['issue', 'new', 'wrong amounts since Monday']],
    ['“curly ones”', ['curly ones']],
    ['„deutsche“ „und diese”', ['deutsche', 'und diese']],
    ['‟reversed”', ['reversed']],
    ['«des guillemets» »umgekehrt«', ['des guillemets', 'umgekehrt']],
    ['“curled only in front"', ['curled only in front']],
    ['"with “others” inside"', ['with “others” inside']],
    ['"a \\"quote\\" and a \\\\ in it"', ['a "quote" and a \\ in it']],
    ['"C:\\temp"', ['C:\\temp']],
    ['\\"literal', ['"literal']],
    ['""', ['']],
    ['"one""two"', ['one', 'two']],
    ['"a=b"', ['a=b']],
  ])('%j', (line, words) => {
    expect(said(line)).toEqual(words);
  });

  test('that is never closed is a fault that says where it opens and how to close it', () => {
    const { message, hint } = caught(() => tokenize('log claims “good news'));
    expect(message).toBe('The quote that opens at character 12, at “good news, is never closed.');
    expect(hint).toContain('Close it with ”');
    expect(caught(() => tokenize('note="open')).message).toContain('character 6');
  });

  test('every text comes back from its quotes as it was', () => {
    const texts = fc
      .string({ unit: 'grapheme', maxLength: 80 })
      .filter((text) => !/<[@#]/.test(text) && !/\p{Cc}/u.test(text) && !/[\u{E0000}-\u{E007F}]/u.test(text));
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 6 }), (written) => {
        expect(tokenize(written.map(quote).join(' ')).map(({ text }) => text)).toEqual(written);
        expect(said(written.map((text) => `note=${quote(text)}`).join(' '))).toEqual(
          written.map((note) => ({ note })),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('key=value', () => {
  test.each([
    ['severity=2', [{ severity: '2' }]],
    ['note="two words" next', [{ note: 'two words' }, 'next']],
    ['note=„zwei Worte“', [{ note: 'zwei Worte' }]],
    ['note=', [{ note: '' }]],
    ['rule=a=b', [{ rule: 'a=b' }]],
    ['größe=5', [{ größe: '5' }]],
    ['=5 1=2 a.b=c', ['=5', '1=2', 'a.b=c']],
    ['owner=<@U1|Anna Berg>,<@U2>', [{ owner: '<@U1>,<@U2>' }]],
    ['no\u200bte=\u200f"x y"', [{ note: 'x y' }]],
  ])('%j', (line, words) => {
    expect(said(line)).toEqual(words);
  });
});

describe('mentions', () => {
  test.each([
    ['own claims <@U1|Anna Berg> <#C9|ai-ops>', ['own', 'claims', '<@U1>', '<#C9>']],
    ['<@U1><@U2>', ['<@U1>', '<@U2>']],
    ['ask<@U1>, please', ['ask', '<@U1>', ',', 'please']],
    ['"ask <@U1|anna> first"', ['ask <@U1> first']],
    ['<@8:orgid:1f-2e_3>', ['<@8:orgid:1f-2e_3>']],
    ['<#19:abc@thread.tacv2|General>', ['<#19:abc@thread.tacv2>']],
    ['<@> <@|x> <! <@\u200b>', ['<@>', '<@|x>', '<!', '<@>']],
  ])('%j', (line, words) => {
    expect(said(line)).toEqual(words);
  });

  test('say who or where', () => {
    expect(mentionOf('<@U1>')).toEqual({ kind: 'person', ref: 'U1' });
    expect(mentionOf('<#C9|ai-ops>')).toEqual({ kind: 'channel', ref: 'C9' });
    for (const other of ['anna', '@anna', '<@U1> and', '<!channel>', '<@>', '']) {
      expect(mentionOf(other)).toBeUndefined();
    }
  });
});

describe('what cannot be seen', () => {
  test('vanishes from words, and separates nothing', () => {
    expect(said('\u200bse\u200dat\ufeff \u202eshow\u2069 cla\u00adims\u200f')).toEqual([
      'seat',
      'show',
      'claims',
    ]);
    expect(said('\u200b \u2060')).toEqual([]);
  });

  test('but wide, narrow and unbreakable spaces separate', () => {
    expect(said('seat\u00a0show\u3000claims\u2028now\u0085then')).toEqual([
      'seat',
      'show',
      'claims',
      'now',
      'then',
    ]);
  });

  test('stays inside quotes, where it may be meant', () => {
    expect(said('"می\u200cخواهم\u00a0x"')).toEqual(['می\u200cخواهم\u00a0x']);
  });

  test('is never a control character, a tag or half of one', () => {
    expect(said('a\u0000b "c\u0007d" \ud800 "\udc00" x\u{e0041}y')).toEqual([
      'ab',
      'cd',
      '\ufffd',
      '\ufffd',
      'xy',
    ]);
  });
});

test('a line over 4,000 characters is refused with a sentence', () => {
  expect(tokenize('x'.repeat(LONGEST_LINE))).toHaveLength(1);
  expect(caught(() => tokenize('x'.repeat(LONGEST_LINE + 1))).message).toContain('4001 characters');
});

test('10,000 hostile lines give words or a sentence, and every word can be stored', () => {
  fc.assert(
    fc.property(hostileLine, (line) => {
      try {
        for (const { text, raw, key } of tokenize(line)) {
          const whole = `${key ?? ''} ${text} ${raw}`;
          expect(whole.isWellFormed()).toBe(true);
          expect(whole).not.toContain('\u0000');
          expect(raw).not.toBe('');
        }
      } catch (error) {
        expect(error).toBeInstanceOf(CoxswainError);
      }
    }),
    { numRuns: 10_000 },
  );
});
