import type { Envelope, Inbound } from '../platforms/platform.ts';
import type { Outcome, Telemetry } from '../telemetry/telemetry.ts';

/** A fault comes back as a card for who asked, which looks like any other: only forms tell theirs apart. */
const outcomeOf = (answer: unknown): Outcome =>
  typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'errors'
    ? 'refused'
    : 'ok';

/** The same, and how long each answer takes. */
export function measured(telemetry: Telemetry, inbound: Inbound): Inbound {
  const timed =
    <A extends readonly unknown[], R>(what: string, answer: (from: Envelope, ...rest: A) => Promise<R>) =>
    (from: Envelope, ...rest: A): Promise<R> =>
      telemetry.measure(
        { kind: 'inbound', platform: from.platform, what },
        () => answer(from, ...rest),
        outcomeOf,
      );
  return {
    command: timed('command', inbound.command),
    press: timed('press', inbound.press),
    open: timed('open', inbound.open),
    submit: timed('submit', inbound.submit),
    keep: timed('keep', inbound.keep),
    suggest: timed('suggest', inbound.suggest),
    home: timed('home', inbound.home),
    learn: inbound.learn,
  };
}
