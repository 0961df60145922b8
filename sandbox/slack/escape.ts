import { botName, type State } from './state.ts';

/** Slack sends what people typed with these three as entities. */
export const escapeText = (typed: string): string =>
  typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const MENTION = /(^|[\s(=,:;"'])([@#])([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu;
const EVERYONE = new Set(['channel', 'here', 'everyone']);

/**
 * What people typed, as Slack hands it on: entities escaped, @handles and #channels as ids. Commands (with
 * `should_escape`) carry the name too: `<@U1|ana>`; messages only the id.
 */
export function handOn(state: State, typed: string, as: 'command' | 'message'): string {
  const people = [...state.people.values()].map((p) => [p.handle.toLowerCase(), p.id] as const);
  const users = new Map([...people, [botName(state).toLowerCase(), state.setup.botUserId] as const]);
  const channels = new Map(
    [...state.channels.values()].filter((c) => c.kind === 'channel').map((c) => [c.name.toLowerCase(), c.id]),
  );
  return escapeText(typed).replace(MENTION, (whole, before: string, sign: string, word: string) => {
    const name = word.replace(/[.-]+$/, '');
    const rest = word.slice(name.length);
    if (sign === '@' && EVERYONE.has(name)) return `${before}<!${name}>${rest}`;
    const id = (sign === '@' ? users : channels).get(name.toLowerCase());
    if (id === undefined) return whole;
    return `${before}<${sign}${id}${as === 'command' || sign === '#' ? `|${name}` : ''}>${rest}`;
  });
}
