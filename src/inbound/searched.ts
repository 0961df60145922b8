import type { Asked } from '../../commands/command.ts';
import { SOURCES } from '../../commands/sources.ts';
import { type Field, type Form, type Option, isField } from '../ui/form.ts';

/** What a search field offers for what was typed; nothing from a source that does not exist. */
export const offered = async (asked: Asked, source: string, typed: string): Promise<readonly Option[]> =>
  Object.hasOwn(SOURCES, source) ? SOURCES[source]!(asked, typed) : [];

/** The same form, in which what was chosen by searching has its name again: a submission holds the value only. */
export async function withNames(asked: Asked, form: Form): Promise<Form> {
  const named = async (source: string, option: Option): Promise<Option> =>
    option.label !== option.value
      ? option
      : ((await offered(asked, source, option.value)).find(({ value }) => value === option.value) ?? option);
  const item = async (field: Field): Promise<Field> => {
    if (field.kind === 'search' && field.initial !== undefined)
      return { ...field, initial: await named(field.source, field.initial) };
    if (field.kind === 'multi_search')
      return {
        ...field,
        initial: await Promise.all((field.initial ?? []).map((one) => named(field.source, one))),
      };
    return field;
  };
  return { ...form, items: await Promise.all(form.items.map((one) => (isField(one) ? item(one) : one))) };
}
