import fc from 'fast-check';

const PIECES = [
  '**',
  '_',
  '~~',
  '`',
  '```',
  '[x](https://evil.example)',
  '![](https://e.example/i.png)',
  '<at>Ana Flores</at>',
  '<@U0ANA>',
  '<!channel>',
  '&lt;',
  '&amp;',
  '{{DATE(2026-11-20T00:00:00Z, SHORT)}}',
  '\n',
  '\r\n',
  '\n\n# ',
  '\n- ',
  '\n1. ',
  '\n> ',
  '\n===',
  '\n---\n',
  '\t',
  '    ',
  '\\',
  '|',
  'https://evil.example',
  'www.evil.example',
  'me@evil.example',
  '\u202E',
  '\u200B',
  '\uD800',
  '\uDC00',
  '\u0000',
  '👩‍👩‍👧',
  'שלום',
  '日本語',
  'ordinary words',
  ' ',
  '.',
  ':',
  '//',
  '$',
  '${x}',
  '^',
];

/** Text that tries to format, link, ping and confuse. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

/** The same, now and then 100 kB long. */
export const hostileOrHuge: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: hostileText.map((text) => `${text}x`.repeat(Math.ceil(100_000 / (text.length + 1)))),
  },
);
