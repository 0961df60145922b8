import type { Person } from '../db/people.ts';
import type { Db } from '../db/store.ts';
import type { Ctx } from '../src/context.ts';
import type { VerbShape } from '../src/grammar/route.ts';
import type { Vitals } from '../src/queries/doctor.ts';
import type { Envelope, Reply } from '../src/platforms/platform.ts';
import type { Args } from './form.ts';

/** What a command, press or form works with: who asks, where, and what only the composition root can answer. */
export interface Asked extends Ctx {
  readonly from: Envelope;
  readonly me: Person;
  /** The organisation's zone. */
  readonly zone: string;
  /** Whether anything in the organisation is hidden from anybody. */
  readonly restricted: boolean;
  /** The handle for an answer that everyone in the place reads: with what they and who asks may see. */
  readonly shownHere: () => Promise<Db>;
  /** Coxswain's id of the channel it was typed in; undefined in a direct conversation. */
  readonly channel: () => Promise<string | undefined>;
  /** The person behind a platform's user ref, met if necessary. */
  readonly personOf: (ref: string) => Promise<Person | undefined>;
  readonly vitals: () => Vitals;
}

/** What a command, press or form answers: something to show, or a registered form to open. */
export type Answer = Reply | { readonly kind: 'open'; readonly form: string; readonly args: Args };

type Input = Readonly<Record<string, string>>;

/** `run` knows who asks; `answer` needs nobody and nothing, so it is there even when the database is not. */
export type Verb = VerbShape & { readonly summary: string } & (
    | { readonly run: (asked: Asked, input: Input) => Promise<Answer> }
    | { readonly answer: (input: Input) => Reply }
  );

/** One subcommand of `/pilot`: its words are data, its verbs call actions and queries. */
export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly defaultVerb?: string;
  readonly examples: readonly string[];
  readonly verbs: readonly Verb[];
}
