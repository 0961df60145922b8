import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, escapeMarkdown } from '../../src/platforms/teams/escape.ts';
import { collectMentions } from '../../src/platforms/teams/mentions.ts';
import { renderText, safeUrl } from '../../src/platforms/teams/text.ts';
import { bold, br, code, datetime, italic, link, person, status } from '../../src/ui/text.ts';
import { anySpans } from './generate.ts';
import { hostileText } from './hostile.ts';
import { bareText, html } from './microsoft.ts';

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const names = { user: (id: string) => (id === 'p_ana' ? { ref: 'aad-ana', name: 'Ana Flores' } : undefined) };
const context = () => ({ names, mentions: collectMentions() });

describe('what a person typed', () => {
  test('is read exactly as typed, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(squeeze(bareText(escapeMarkdown(text)) ?? 'markup')).toBe(squeeze(clean(text)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    '*bold* _italic_ ~~struck~~ `code`',
    '[click](https://evil.example)',
    'https://evil.example/path?x=1 www.evil.example evil.example me@evil.example mailto:me@evil.example',
    '# heading',
    '- item\n+ item\n1. item\n2) item',
    'a\n===\nb\n---',
    '    indented code',
    '<at>Ana Flores</at> <b>x</b> &lt;at&gt;',
    '| a | b |\n|---|---|',
    '![i](https://evil.example/i.png)',
  ])('%j formats nothing', (text) => {
    expect(bareText(escapeMarkdown(text))).toBeDefined();
  });

  test('cannot call a date function', () => {
    expect(escapeMarkdown('{{DATE(2026-11-20T00:00:00Z, SHORT)}}')).not.toMatch(/\{\{/);
  });

  test('joined from pieces does not become a list either', () => {
    const { mentions } = context();
    expect(bareText(renderText(['1', '. first'], { names, mentions }, { limit: 'paragraph' }))).toBe(
      '1. first',
    );
  });

  test('cannot turn the direction of reading', () => {
    expect(escapeMarkdown('safe\u202Egnp.exe')).toBe('safegnp\\.exe');
  });
});

test('around spans, typed text still makes no link, picture or other markup of its own', () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const shown = html(renderText(spans, context(), { limit: 'paragraph' }));
      const meant = spans.filter(
        (s) => typeof s !== 'string' && s.kind === 'link' && safeUrl(s.url) !== undefined,
      );
      expect([...shown.matchAll(/<a href/g)].length).toBeLessThanOrEqual(meant.length);
      expect(shown).not.toMatch(/<(?!\/?(?:p|strong|em|a|at)\b)/);
    }),
    { numRuns: 2000 },
  );
});

describe('spans', () => {
  const render = (...text: Parameters<typeof renderText>[0][]) => {
    const c = context();
    return { text: renderText(text.flat(), c, { limit: 'paragraph' }), mentions: c.mentions.all() };
  };

  test('a person known here is pinged by directory id', () => {
    const { text, mentions } = render(person('p_ana', 'Ana F.'));
    expect(text).toBe('<at>Ana Flores</at>');
    expect(mentions).toEqual([
      { type: 'mention', text: '<at>Ana Flores</at>', mentioned: { id: 'aad-ana', name: 'Ana Flores' } },
    ]);
  });

  test('a person not known here is a name', () => {
    expect(render(person('p_bo', 'Bo <at>'))).toEqual({ text: 'Bo \\<at\\>', mentions: [] });
  });

  test('two people of one name are two pings', () => {
    const { mentions } = context();
    expect([mentions.add('one', 'Kim'), mentions.add('two', 'Kim'), mentions.add('one', 'Kim')]).toEqual([
      '<at>Kim</at>',
      '<at>Kim (2)</at>',
      '<at>Kim</at>',
    ]);
  });

  test('bold, italic, code, status, time and break', () => {
    const { text } = render(
      bold('*x*'),
      ' ',
      italic('y'),
      ' ',
      code('scorecard claims'),
      ' ',
      status('red'),
      br,
      datetime(0, 'UTC'),
    );
    expect(text).toBe(
      '**\\*x\\*** _y_ **scorecard claims** 🟥 red\n\n{{DATE(1970-01-01T00:00:00Z, SHORT)}} {{TIME(1970-01-01T00:00:00Z)}}',
    );
  });

  test('a link goes where it says, and only to the web', () => {
    expect(html(render(link('a](b', 'https://x.example/a(b)?c={d}')).text)).toBe(
      '<p><a href="https://x.example/a%28b%29?c=%7Bd%7D">a](b</a></p>\n',
    );
    expect(render(link('run', 'javascript:alert(1)')).text).toBe('run');
    expect(safeUrl('not a url')).toBeUndefined();
  });
});
