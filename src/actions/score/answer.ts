import { z } from 'zod';
import { optionalLink, optionalText } from '../inputs.ts';
import { isNotApplicable } from './read-marks.ts';

/** What is said about one criterion, as typed. */
export const answerInput = z.object({
  /** A colour, or `none`. */
  mark: z.string().optional(),
  note: optionalText('the note', 500),
  evidence: optionalLink('the evidence'),
});

type Part = keyof z.output<typeof answerInput>;

/** What is wrong with one answer before all are sent, by its parts. `what` names the criterion in sentences. */
export function answerFaults(
  what: string,
  typed: z.input<typeof answerInput>,
): Readonly<Partial<Record<Part, string>>> {
  const parsed = answerInput.safeParse(typed);
  const faults: Partial<Record<Part, string>> = Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), message]),
  );
  if (typed.mark === undefined)
    faults.mark = `Please choose a colour for ${what}, or that it does not apply.`;
  else if (isNotApplicable(typed.mark) && (typed.note ?? '').trim() === '') faults.note = whySilent(what);
  return faults;
}

export const whySilent = (what: string): string => `Say in the note why ${what} does not apply.`;
