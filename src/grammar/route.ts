import { type CoxswainError, invalid } from '../errors.ts';
import { type VerbSpec, bind } from './bind.ts';
import { shown } from './characters.ts';
import { nearest } from './nearest.ts';
import { type Token, tokenize } from './tokenize.ts';

/** One thing a command can do. A command that does only one thing has a single verb with the name ''. */
export interface VerbShape extends VerbSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
}

/** What the grammar needs to know of a command; commands declare more. */
export interface CommandShape {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly verbs: readonly VerbShape[];
  /** Name of the verb that is meant when no verb is typed, or when what is typed is none. */
  readonly defaultVerb?: string;
  /** Lines as somebody would type them; the first is shown when a line goes wrong. */
  readonly examples?: readonly string[];
}

export interface Route<C extends CommandShape> {
  readonly command: C;
  readonly verb: C['verbs'][number];
  /** The words after the verb. */
  readonly rest: readonly Token[];
}

const HELP = 'help';

const namesOf = (item: { name: string; aliases?: readonly string[] }) => [item.name, ...(item.aliases ?? [])];

/** A quoted word is a text and never the name of a verb or a command: `issue "new"` shows the issue called so. */
function named<T extends { name: string; aliases?: readonly string[] }>(items: readonly T[], token?: Token) {
  if (token?.kind !== 'word') return undefined;
  const typed = token.text.normalize('NFKC').toLowerCase();
  return items.find((item) => namesOf(item).some((name) => name !== '' && name.toLowerCase() === typed));
}

const exampleOf = (command: CommandShape): string =>
  command.examples?.[0] ?? command.verbs[0]?.usage ?? command.name;

function unknownCommand(
  commands: readonly CommandShape[],
  [first, ...rest]: readonly [Token, ...Token[]],
): CoxswainError {
  const [second] = rest;
  // `show seat` for `seat show` is the slip of who thinks in sentences.
  const swapped = named(commands, second);
  const verb = swapped && named(swapped.verbs, first);
  if (swapped !== undefined && verb !== undefined) {
    const advice = `${swapped.name} ${verb.name}`;
    return invalid(`The command comes before the verb. Did you mean “${advice}”?`, { hint: verb.usage });
  }
  const near = nearest(first.text, commands.flatMap(namesOf));
  const command = commands.find((item) => near !== undefined && namesOf(item).includes(near));
  if (command === undefined) return invalid(`There is no command ${shown(first.raw)}.`, { hint: HELP });
  const corrected = [near, ...rest.map(({ raw }) => raw)].join(' ');
  return invalid(`There is no command ${shown(first.raw)}. Did you mean “${near}”?`, {
    hint: rest.length === 0 ? exampleOf(command) : corrected,
  });
}

function unknownVerb(command: CommandShape, typed: Token): CoxswainError {
  const near = nearest(typed.text, command.verbs.flatMap(namesOf));
  const verb = command.verbs.find((item) => near !== undefined && namesOf(item).includes(near));
  if (verb !== undefined) {
    return invalid(`“${command.name}” has no verb ${shown(typed.raw)}. Did you mean “${near}”?`, {
      hint: verb.usage,
    });
  }
  const verbs = command.verbs.map(({ name }) => name).join(', ');
  return invalid(`“${command.name}” has no verb ${shown(typed.raw)}; it has ${verbs}.`, {
    hint: exampleOf(command),
  });
}

/** More words than a verb takes mean that the first was meant to be another verb: `seat shw claims`. */
const hasRoom = (verb: VerbSpec, words: readonly Token[]): boolean =>
  verb.positional.some((name) => name.startsWith('...')) ||
  words.filter(({ kind }) => kind !== 'named').length <= verb.positional.length;

function verbOf<C extends CommandShape>(command: C, words: readonly Token[]): Route<C> {
  const [first, ...rest] = words;
  const typed: C['verbs'][number] | undefined = named(command.verbs, first);
  if (typed !== undefined) return { command, verb: typed, rest };
  const unnamed = command.defaultVerb ?? '';
  const fallback: C['verbs'][number] | undefined = command.verbs.find(({ name }) => name === unnamed);
  if (fallback === undefined) {
    if (first !== undefined) throw unknownVerb(command, first);
    const verbs = command.verbs.map(({ name }) => name).join(', ');
    throw invalid(`“${command.name}” needs a verb: ${verbs}.`, { hint: exampleOf(command) });
  }
  if (first !== undefined && command.verbs.length > 1 && !hasRoom(fallback, words)) {
    throw unknownVerb(command, first);
  }
  return { command, verb: fallback, rest: words };
}

/**
 * The command and the verb that a line names, whatever the letter case, and the words that are left. An empty line
 * is `help`, and `seat help` is `help seat`, where there is such a command. Throws `invalid` with the nearest
 * command or verb and an example.
 */
export function route<C extends CommandShape>(commands: readonly C[], tokens: readonly Token[]): Route<C> {
  const [first, ...rest] = tokens;
  const help = commands.find(({ name }) => name === HELP);
  if (first === undefined) {
    if (help !== undefined) return verbOf(help, []);
    throw invalid('Nothing was typed.', { hint: commands[0] ? exampleOf(commands[0]) : HELP });
  }
  const command = named(commands, first);
  if (command === undefined) throw unknownCommand(commands, [first, ...rest]);
  const asksHelp = rest.length === 1 && rest[0]?.text.toLowerCase() === HELP && rest[0].kind === 'word';
  if (help !== undefined && asksHelp && named(command.verbs, rest[0]) === undefined)
    return verbOf(help, [first]);
  return verbOf(command, rest);
}

/** A whole line: its command, its verb and what was typed by name. Throws `invalid` only. */
export function parseLine<C extends CommandShape>(commands: readonly C[], line: string) {
  const { command, verb, rest } = route(commands, tokenize(line));
  return { command, verb, input: bind(verb, rest) };
}
