import { describe, expect, test } from 'vitest';
import { type VerbSpec, bind } from '../../src/grammar/bind.ts';
import { tokenize } from '../../src/grammar/tokenize.ts';
import { caught } from './lines.ts';

const log: VerbSpec = {
  usage: 'log <seat> <metric> <value> [note]',
  positional: ['seat', 'metric', 'value', '...note'],
  named: ['seat', 'note', 'period', 'severity|sev'],
};
const own: VerbSpec = { usage: 'seat own <seat> <role> <person>', positional: ['seat', 'role', 'person'] };

const bound = (spec: VerbSpec, line: string) => bind(spec, tokenize(line));

describe('words take the names of their places', () => {
  test.each([
    ['', {}],
    ['claims', { seat: 'claims' }],
    ['claims accuracy 0.9', { seat: 'claims', metric: 'accuracy', value: '0.9' }],
    [
      'claims accuracy 0.9 new model',
      { seat: 'claims', metric: 'accuracy', value: '0.9', note: 'new model' },
    ],
    ['"claims desk" accuracy 0.9', { seat: 'claims desk', metric: 'accuracy', value: '0.9' }],
  ])('%j', (line, record) => {
    expect(bound(log, line)).toEqual(record);
  });

  test('a text at the end keeps the quotes and equal signs of a sentence, but not those around it', () => {
    expect(bound(log, 'a b 1 "all of it"')['note']).toBe('all of it');
    expect(bound(log, 'a b 1 they say "wrong" since x=2')['note']).toBe('they say "wrong" since x=2');
    expect(bound(log, 'a b 1 x=2')['note']).toBe('x=2');
    expect(bound(log, 'a b 1 ask <@U1|Anna> first')['note']).toBe('ask <@U1> first');
  });
});

describe('key=value goes by its key, wherever it stands', () => {
  test.each([
    ['claims sev=2 accuracy', { seat: 'claims', metric: 'accuracy', severity: '2' }],
    ['PERIOD=2026-W47 claims', { period: '2026-W47', seat: 'claims' }],
    ['seat=claims accuracy 0.9', { seat: 'claims', metric: 'accuracy', value: '0.9' }],
    [
      'claims accuracy 0.9 new model severity=2',
      { seat: 'claims', metric: 'accuracy', value: '0.9', note: 'new model', severity: '2' },
    ],
    ['claims note=""', { seat: 'claims', note: '' }],
    ['"note=x"', { seat: 'note=x' }],
  ])('%j', (line, record) => {
    expect(bound(log, line)).toEqual(record);
  });

  test('an unknown key is told apart from a text, with the nearest key and the usage', () => {
    const { message, hint } = caught(() => bound(log, 'claims sevrity=2'));
    expect(message).toBe('“sevrity=” is not known here. Did you mean “severity=”?');
    expect(hint).toBe(log.usage);
    expect(caught(() => bound(log, 'claims colour=red')).message).toContain(
      'seat=, note=, period=, severity=',
    );
    expect(caught(() => bound(own, 'claims colour=red')).message).toContain('put it in quotes');
    expect(caught(() => bound(own, 'a b c colour=red')).message).toContain('“colour=” is not known here');
  });

  test('a key that is given twice, also by its other name, is a fault', () => {
    expect(caught(() => bound(log, 'sev=1 severity=2')).message).toBe('“severity=” is given twice.');
  });

  test('a verb can take every key: known ones by their names, others by their own', () => {
    const score: VerbSpec = {
      usage: 'score <seat>',
      positional: ['seat', '...note'],
      named: ['seat', 'note'],
      anyNamed: true,
    };
    expect(bound(score, 'claims data=green Change-Owner=red "all good"')).toEqual({
      seat: 'claims',
      data: 'green',
      'change-owner': 'red',
      note: 'all good',
    });
    expect(caught(() => bound(score, 'claims data=green DATA=red')).message).toBe('“data=” is given twice.');
    const odd = bound(score, 'claims constructor=red');
    expect(Object.entries(odd)).toEqual(expect.arrayContaining([['constructor', 'red']]));
  });

  test('names that every object has are no keys', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      expect(() => bound(own, `x${key}=1`)).toThrow('is not known here');
      expect(Object.keys(bound(own, `"${key}=1"`))).toEqual(['seat']);
    }
  });
});

test('too many words are a fault that names the first of them', () => {
  const { message, hint } = caught(() => bound(own, 'claims accountable <@U1> now'));
  expect(message).toBe('“now” is one word too many. A text of several words goes in quotes.');
  expect(hint).toBe(own.usage);
  expect(caught(() => bound(own, 'a b c d e')).message).toContain(
    '“d” and what follows are 2 words too many',
  );
  expect(caught(() => bound(log, 'a b 1 note=x more')).message).toContain('“more” is one word too many');
  expect(caught(() => bound(own, `a b c ${'x'.repeat(500)}`)).message.length).toBeLessThan(150);
});
