import type { Seen, Shown } from '../../sandbox/slack/client-seen.ts';
import type { TestCoxswain } from '../support/coxswain.ts';

export type Who = 'ana' | 'bo' | 'cem' | 'dana' | 'eli';
const EVERYBODY = ['ana', 'bo', 'cem', 'dana', 'eli'] as const satisfies readonly Who[];

/** Somebody types a line after `/pilot`, in #claims-ai unless said otherwise. */
export const type = (c: TestCoxswain, who: Who, line: string, channel = '#claims-ai'): Promise<Seen> =>
  c.slack.as(who).in(channel).slash(line);

/** Presses a button of a message as somebody. */
export const press = (c: TestCoxswain, who: Who, message: Shown, button: string): Promise<Seen> =>
  c.slack.as(who).sees(message).button(button).click();

/** Messages that nobody asked for: what the bot posted by itself in a channel (`#claims-ai`) or to a person (`bo`). */
export function posts(c: TestCoxswain, to: string): Shown[] {
  const place = to.startsWith('#') ? c.slack.channel(to.slice(1)) : c.slack.dm(to);
  return place
    .messages()
    .flatMap((m) => [m, ...m.thread])
    .filter((m) => m.author === 'coxswain' && !m.ephemeral);
}

/** The first lines of what was posted, oldest first. */
export const titles = (c: TestCoxswain, to: string): string[] =>
  posts(c, to).map((m) => m.text.split('\n')[0] ?? '');

/** What stands in the form or answer on somebody's screen. */
export const onScreen = (c: TestCoxswain, who: Who): string => {
  const { title, text } = c.slack.as(who).modal();
  return `${title}\n${text}`;
};

/** Everybody's pings about an issue so far, by person. */
export const pinged = (c: TestCoxswain, ref: string): Who[] =>
  EVERYBODY.filter((who) => titles(c, who).some((title) => title.startsWith(ref)));

/**
 * Ana is admin, Eli reviewer; #ai-governance is where escalations end. The seat `claims` reports in #claims-ai: Bo is
 * accountable, Cem has platform, Dana operations; stop-ship is vacant. Its number `acceptance` is Bo's.
 */
export async function foundClaims(c: TestCoxswain): Promise<void> {
  await type(c, 'ana', `admin claim ${c.adminCode}`);
  await type(c, 'ana', 'admin governance', '#ai-governance');
  await type(c, 'ana', 'admin grant @eli reviewer');
  await type(
    c,
    'ana',
    'seat add claims "Claims triage" "Sorts incoming claims within one hour" stage=pilot accountable=@bo',
  );
  await type(c, 'ana', 'seat own claims platform @cem');
  await type(c, 'ana', 'seat own claims operations @dana');
  for (const who of ['bo', 'cem', 'dana'] as const) await press(c, who, c.slack.dm(who).last(), 'Accept');
  await type(c, 'bo', 'metric add claims acceptance quality % higher 90 5 name="Acceptance rate"');
}
