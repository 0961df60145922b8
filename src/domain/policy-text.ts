import { MINUTE } from '../clock.ts';
import { type CoxswainError, invalid } from '../errors.ts';
import type { AskedRole, Policy, Repeat, Step } from './escalation.ts';
import { parseWait, waitText } from './policy-wait.ts';
import { OWNER_ROLES } from './seat.ts';

/**
 * A policy as text, one line for each step:
 *
 *     working hours
 *     accountable, @bo@example.com · wait 4h
 *     operations, #claims-ai · wait 1d · all · 2 times
 *     then governance channel · every 1d · after 1w every 1w
 *
 * Where there is only one line, ` / ` stands between them.
 * People and channels stand in it by name, so in the `Policy` of these functions names are where ids are otherwise.
 */
const MOST_STEPS = 10;
const MOST_TARGETS = 10;
const MOST_TIMES = 10;
/** Of working time that is a quarter of a year. */
const LONGEST = 60 * 24 * 60 * MINUTE;

export const ASKED_ROLES: readonly AskedRole[] = [...OWNER_ROLES, 'number'];

const HOURS = { 'working hours': true, 'day and night': false } as const;
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N} .@_+-]*$/u;

const named = (mark: '@' | '#', name: string): string =>
  PLAIN.test(name) && !/ {2}| $/.test(name) ? `${mark}${name}` : `${mark}"${name.replaceAll('"', '')}"`;

function stepText(step: Step, working: boolean): string {
  const targets = [
    ...step.roles,
    ...(step.people ?? []).map((name) => named('@', name)),
    ...(step.channels ?? []).map((name) => named('#', name)),
  ];
  const parts = [targets.join(', '), `wait ${waitText(step.wait, working)}`];
  if (step.all === true) parts.push('all');
  if ((step.times ?? 1) > 1) parts.push(`${step.times} times`);
  return parts.join(' · ');
}

function endText(repeat: Repeat | undefined, working: boolean): string {
  if (repeat === undefined) return 'then governance channel · once';
  const every = `every ${waitText(repeat.every, working)}`;
  const slow = `after ${waitText(repeat.slowAfter, working)} every ${waitText(repeat.slowEvery, working)}`;
  return `then governance channel · ${every} · ${slow}`;
}

/** What `parsePolicy` reads as the same policy. */
export const policyText = ({ steps, workingHours, repeat }: Policy): string =>
  [
    workingHours ? 'working hours' : 'day and night',
    ...steps.map((step) => stepText(step, workingHours)),
    endText(repeat, workingHours),
  ].join('\n');

/**
 * The policy that a text says. Throws `invalid` with the line and what to type instead, told at the field `steps`.
 */
export function parsePolicy(text: string, byDefault: { readonly workingHours: boolean }): Policy {
  const lines = text
    .split('\n')
    .flatMap((line) => cut(line, STEP))
    .map((line, i) => ({ number: i + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
  const hours = lines.filter((line) => isHours(line.text));
  const working =
    hours.length === 0 ? byDefault.workingHours : HOURS[hours.at(-1)!.text.toLowerCase() as Hours];
  const rest = lines.filter((line) => !isHours(line.text));
  const ends = rest.filter((line) => isEnd(line.text));
  const steps = rest.filter((line) => !isEnd(line.text));
  if (steps.length === 0) throw fault(undefined, 'There is no step. Type one line for each', STEP_EXAMPLE);
  if (steps.length > MOST_STEPS)
    throw fault(steps[MOST_STEPS]!.number, `There are at most ${MOST_STEPS} steps.`);
  if (ends.length !== 1)
    throw fault(ends[1]?.number, 'One line says where it ends, the last one', END_EXAMPLE);
  if (rest.at(-1) !== ends[0])
    throw fault(ends[0]!.number, 'The line that begins with “then” is the last one.');
  const repeat = parseEnd(ends[0]!, working);
  return {
    steps: steps.map((line) => parseStep(line, working)),
    workingHours: working,
    ...(repeat === undefined ? {} : { repeat }),
  };
}

type Hours = keyof typeof HOURS;
interface Line {
  readonly number: number;
  readonly text: string;
}

const STEP_EXAMPLE = 'accountable, platform · wait 4h';
const END_EXAMPLE = 'then governance channel · every 1d · after 1w every 1w';

const isHours = (text: string): boolean => Object.hasOwn(HOURS, text.toLowerCase());
const isEnd = (text: string): boolean => /^then\b/i.test(text);

function fault(line: number | undefined, why: string, example?: string): CoxswainError {
  const where = line === undefined ? '' : `Line ${line}: `;
  const message = `${where}${why}${example === undefined ? '' : `, like “${example}”.`}`;
  return invalid(message, {
    ...(example === undefined ? {} : { hint: example }),
    fields: { steps: message },
  });
}

/** Between parts of a line, between those who are asked, and between steps that stand in one line. */
const TERM = /([·;|]|")/u;
const TARGET = /(,|")/u;
const STEP = /(\s\/\s|")/u;

/** Cuts at what `mark` finds, but not inside quotes. */
function cut(text: string, mark: RegExp): string[] {
  const parts = [''];
  let quoted = false;
  // Every second piece is what was found.
  for (const [i, piece] of text.split(mark).entries()) {
    if (piece === '"') quoted = !quoted;
    if (i % 2 === 1 && piece !== '"' && !quoted) parts.push('');
    else parts.push(`${parts.pop()}${piece}`);
  }
  return parts.map((part) => part.trim());
}

function parseStep(line: Line, working: boolean): Step {
  const [who = '', ...terms] = cut(line.text, TERM);
  const targets = cut(who, TARGET).filter((target) => target !== '');
  if (targets.length === 0) throw fault(line.number, 'Nobody is asked. Begin with who', STEP_EXAMPLE);
  if (targets.length > MOST_TARGETS) throw fault(line.number, `A step asks at most ${MOST_TARGETS} at once.`);
  const found = targets.map((target) => parseTarget(line, target));
  const of = (kind: string) => [...new Set(found.filter((t) => t.kind === kind).map((t) => t.name))];
  const [people, channels] = [of('person'), of('channel')];
  return {
    roles: of('role') as AskedRole[],
    ...(people.length === 0 ? {} : { people }),
    ...(channels.length === 0 ? {} : { channels }),
    ...parseTerms(line, terms, working),
  };
}

function parseTarget(
  { number }: Line,
  target: string,
): { kind: 'role' | 'person' | 'channel'; name: string } {
  const name = target.slice(1).trim().replaceAll('"', '').trim();
  if (target.startsWith('@') && name !== '') return { kind: 'person', name };
  if (target.startsWith('#') && name !== '') return { kind: 'channel', name };
  const role = ASKED_ROLES.find((one) => one === target.toLowerCase());
  if (role !== undefined) return { kind: 'role', name: role };
  const shown = target.slice(0, 40).toWellFormed();
  throw fault(
    number,
    `“${shown}” cannot be asked. Name an owner (${OWNER_ROLES.join(', ')}), number, @somebody or #channel.`,
  );
}

type Terms = Pick<Step, 'wait' | 'all' | 'times'>;

function parseTerms(line: Line, terms: readonly string[], working: boolean): Terms {
  let wait: number | undefined;
  let all = false;
  let times = 1;
  for (const term of terms.filter((t) => t !== '')) {
    const waits = /^wait\s+(.+)$/i.exec(term)?.[1];
    const count = /^(\d{1,3})\s*(?:times?|x)$/i.exec(term)?.[1];
    if (waits !== undefined) wait = needWait(line, waits, working);
    else if (/^all$/i.test(term)) all = true;
    else if (/^any$/i.test(term)) all = false;
    else if (count !== undefined) times = Number(count);
    else
      throw fault(
        line.number,
        `“${term.slice(0, 40).toWellFormed()}” says nothing about a step. There are “wait 4h”, “all” and “2 times”.`,
      );
  }
  if (wait === undefined) throw fault(line.number, 'It does not say how long to wait', STEP_EXAMPLE);
  if (times < 1 || times > MOST_TIMES)
    throw fault(line.number, `A step is asked 1 to ${MOST_TIMES} times, not ${times}.`);
  return { wait, ...(all ? { all } : {}), ...(times > 1 ? { times } : {}) };
}

function needWait(line: Line, text: string, working: boolean): number {
  const ms = parseWait(text, working);
  if (ms === undefined)
    throw fault(
      line.number,
      `“${text.slice(0, 40).toWellFormed()}” is not a time. Type 15m, 4h, 2d or 1d4h${working ? '; a working day has 8 hours' : ''}.`,
    );
  if (ms < MINUTE) throw fault(line.number, 'Wait at least 1 minute.');
  if (ms > LONGEST) throw fault(line.number, 'Wait at most 60 days.');
  return ms;
}

function parseEnd(line: Line, working: boolean): Repeat | undefined {
  const [, ...terms] = cut(line.text, TERM);
  const said = terms.filter((term) => term !== '').join(' · ');
  if (said === '' || /^once$/i.test(said)) return undefined;
  const [, every, slowAfter, slowEvery] =
    /^every\s+([^·]+?)(?: · after\s+([^·]+?)\s+every\s+([^·]+))?$/i.exec(said) ?? [];
  if (every === undefined)
    throw fault(line.number, 'After “then governance channel” comes “once” or how often', END_EXAMPLE);
  const often = needWait(line, every, working);
  const slow = slowEvery === undefined ? often : needWait(line, slowEvery, working);
  if (slow < often) throw fault(line.number, 'Later it is said less often, not more.');
  return {
    every: often,
    slowAfter: slowAfter === undefined ? often : needWait(line, slowAfter, working),
    slowEvery: slow,
  };
}
