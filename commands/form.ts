import type { z } from 'zod';
import type { Reply } from '../src/platforms/platform.ts';
import type { Form } from '../src/ui/form.ts';
import type { Asked } from './command.ts';
import { FORMS } from './forms/index.ts';

/** What was filled in, person refs resolved to person ids; empty answers are absent. */
export type Filled = Readonly<Record<string, string | boolean | readonly string[]>>;
export type Args = Readonly<Record<string, string>>;

/**
 * A registered form. `args` say what it is about and what is known already; they come back with the submission.
 * `submit` throws CoxswainError with `fields` for what belongs beside a field; what was typed is kept.
 */
export interface FormSpec {
  readonly name: string;
  readonly args: z.ZodType<Args>;
  readonly open: (asked: Asked, args: Args) => Promise<Form>;
  readonly submit: (asked: Asked, args: Args, filled: Filled) => Promise<Exclude<Reply, { kind: 'replace' }>>;
}

const byName = () => new Map(FORMS.map((form) => [form.name, form]));
let known: ReadonlyMap<string, FormSpec> | undefined;

export function formNamed(name: string): FormSpec {
  known ??= byName();
  const form = known.get(name);
  if (form === undefined) throw new Error(`no form is called ${name}`);
  return form;
}
