import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CoxswainError } from '../../src/errors.ts';
import { type CommandShape, parseLine, route } from '../../src/grammar/route.ts';
import { tokenize } from '../../src/grammar/tokenize.ts';
import { caught, hostileLine } from './lines.ts';

const COMMANDS: readonly CommandShape[] = [
  { name: 'help', verbs: [{ name: '', usage: 'help [command]', positional: ['command'] }] },
  {
    name: 'seat',
    aliases: ['seats'],
    defaultVerb: 'list',
    examples: ['seat show claims'],
    verbs: [
      { name: 'list', usage: 'seat list', positional: [], named: ['stage'] },
      { name: 'show', aliases: ['view'], usage: 'seat show <seat>', positional: ['seat'] },
    ],
  },
  {
    name: 'issue',
    defaultVerb: 'show',
    verbs: [
      { name: 'show', usage: 'issue show <issue>', positional: ['issue'] },
      { name: 'new', usage: 'issue new <seat> <title>', positional: ['seat', '...title'] },
    ],
  },
  { name: 'audit', verbs: [{ name: 'verify', usage: 'audit verify', positional: [] }] },
  {
    name: 'log',
    examples: ['log claims accuracy 0.93'],
    verbs: [{ name: '', usage: 'log <seat> <metric> <value>', positional: ['seat', 'metric', 'value'] }],
  },
];

const parsed = (line: string) => {
  const { command, verb, input } = parseLine(COMMANDS, line);
  return [command.name, verb.name, input];
};

describe('a line names its command and its verb', () => {
  test.each([
    ['seat show claims', ['seat', 'show', { seat: 'claims' }]],
    ['SEATS View claims', ['seat', 'show', { seat: 'claims' }]],
    ['seat', ['seat', 'list', {}]],
    ['seat stage=pilot', ['seat', 'list', { stage: 'pilot' }]],
    ['issue CLAIMS-1', ['issue', 'show', { issue: 'CLAIMS-1' }]],
    ['issue "new"', ['issue', 'show', { issue: 'new' }]],
    ['issue new claims wrong amounts', ['issue', 'new', { seat: 'claims', title: 'wrong amounts' }]],
    ['log claims accuracy 0.9', ['log', '', { seat: 'claims', metric: 'accuracy', value: '0.9' }]],
    ['audit verify', ['audit', 'verify', {}]],
    ['help seat', ['help', '', { command: 'seat' }]],
    ['seat help', ['help', '', { command: 'seat' }]],
    ['', ['help', '', {}]],
  ])('%j', (line, meant) => {
    expect(parsed(line)).toEqual(meant);
  });

  test('a command keeps whatever else its declaration says', () => {
    const mine = [
      { name: 'me', summary: 'What waits for me', verbs: [{ name: '', usage: 'me', positional: [] }] },
    ];
    expect(route(mine, tokenize('me')).command.summary).toBe('What waits for me');
  });
});

describe('a line that goes wrong says what to type', () => {
  test.each([
    ['saet show claims', 'There is no command “saet”. Did you mean “seat”?', 'seat show claims'],
    ['iss', 'There is no command “iss”. Did you mean “issue”?', 'issue show <issue>'],
    ['xyzzy', 'There is no command “xyzzy”.', 'help'],
    ['a=b', 'There is no command “a=b”.', 'help'],
    ['show seat claims', 'The command comes before the verb. Did you mean “seat show”?', 'seat show <seat>'],
    ['seat shwo claims', '“seat” has no verb “shwo”. Did you mean “show”?', 'seat show <seat>'],
    ['seat banana', '“seat” has no verb “banana”; it has list, show.', 'seat show claims'],
    ['issue nwe claims', '“issue” has no verb “nwe”. Did you mean “new”?', 'issue new <seat> <title>'],
    ['audit', '“audit” needs a verb: verify.', 'audit verify'],
    ['audit verfy', '“audit” has no verb “verfy”. Did you mean “verify”?', 'audit verify'],
    [
      'log a b c d',
      '“d” is one word too many. A text of several words goes in quotes.',
      'log <seat> <metric> <value>',
    ],
  ])('%j', (line, message, hint) => {
    const fault = caught(() => parseLine(COMMANDS, line));
    expect({ message: fault.message, hint: fault.hint }).toEqual({ message, hint });
  });

  test('also where there is no help command', () => {
    const { message, hint } = caught(() => route(COMMANDS.slice(4), []));
    expect({ message, hint }).toEqual({ message: 'Nothing was typed.', hint: 'log claims accuracy 0.93' });
  });

  test('however long the word is', () => {
    expect(caught(() => parseLine(COMMANDS, 'x'.repeat(3000))).message.length).toBeLessThan(100);
  });
});

test('10,000 hostile lines give an input of known names or a sentence with something to type', () => {
  const names = new Set(['command', 'seat', 'stage', 'issue', 'title', 'metric', 'value']);
  const starts = fc.constantFrom('', 'seat ', 'seat show ', 'issue new ', 'log ', 'help ');
  fc.assert(
    fc.property(starts, hostileLine, (start, line) => {
      try {
        const { input } = parseLine(COMMANDS, start + line);
        expect(Object.keys(input).filter((name) => !names.has(name))).toEqual([]);
      } catch (error) {
        if (!(error instanceof CoxswainError)) throw error;
        expect(error.code).toBe('invalid');
        expect(error.message.length).toBeLessThan(400);
        expect(error.message.isWellFormed()).toBe(true);
        expect(error.hint).toBeTruthy();
      }
    }),
    { numRuns: 10_000 },
  );
});
