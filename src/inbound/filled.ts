import type { Asked } from '../../commands/command.ts';
import type { Filled } from '../../commands/form.ts';
import { mentionOf } from '../grammar/mention.ts';
import { type RawValue, type RawValues, type TypedValue, isFile } from '../ui/form.ts';

/** Platform refs (`<@U1>`) in a submission become Coxswain's person ids; unknown accounts become empty answers. */
export async function refs(asked: Asked, raw: RawValues): Promise<RawValues> {
  const one = async (text: string): Promise<string | null> => {
    const mention = mentionOf(text);
    if (mention?.kind !== 'person') return text;
    return (await asked.personOf(mention.ref))?.id ?? null;
  };
  const value = async (given: RawValue): Promise<RawValue> => {
    if (typeof given === 'string') return one(given);
    if (!Array.isArray(given)) return given;
    const all = await Promise.all((given as readonly string[]).map(one));
    return all.filter((item) => item !== null);
  };
  return Object.fromEntries(
    await Promise.all(Object.entries(raw).map(async ([name, given]) => [name, await value(given)] as const)),
  );
}

/** What can be kept of a submission until it is sent again: files are chosen once more. */
export const withoutFiles = (raw: RawValues): Readonly<Record<string, TypedValue>> =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([name, given]) => (isFile(given) ? [] : [[name, given] as const])),
  );

/** Empty answers are left out, so that defaults apply and optional ones are absent. */
export const fill = (raw: RawValues): Filled =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([name, given]) =>
      given === null || (typeof given === 'string' && given.trim() === '') ? [] : [[name, given] as const],
    ),
  );
