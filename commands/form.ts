import type { z } from 'zod';
import type { Form, GivenFile } from '../src/ui/form.ts';
import type { Answer, Asked } from './command.ts';

/** What was filled in, person refs resolved to person ids; empty answers are absent. */
export type Filled = Readonly<Record<string, string | boolean | readonly string[] | GivenFile>>;
export type Args = Readonly<Record<string, string>>;

/**
 * A registered form. `args` say what it is about and what is known already; they come back with the submission.
 * `submit` throws CoxswainError with `fields` for what belongs beside a field; what was typed is kept.
 */
export interface FormSpec {
  readonly name: string;
  readonly args: z.ZodType<Args>;
  readonly open: (asked: Asked, args: Args) => Promise<Form>;
  /** Long: what is filled in is kept while it is being typed, where the platform tells of it. */
  readonly draft?: true;
  /** Keeps what was filled in so far. */
  readonly keep?: (asked: Asked, args: Args, filled: Filled) => Promise<void>;
  readonly submit: (
    asked: Asked,
    args: Args,
    filled: Filled,
  ) => Promise<Exclude<Answer, { kind: 'replace' }>>;
}
