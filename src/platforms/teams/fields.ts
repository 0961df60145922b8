import type { JsonObject } from '../../ui/card.ts';
import type { Field, Option } from '../../ui/form.ts';
import type { Names } from '../platform.ts';
import { oneLine } from './escape.ts';
import { type Checked, LIMITS, clipTo, within } from './limits.ts';

export interface FieldContext extends Checked {
  readonly names: Names;
  /** Channels that can be offered here. Without any, the channel field takes a pasted link. */
  readonly channels: readonly { readonly ref: string; readonly name: string }[];
  /** Names of people that were picked but are not known to Coxswain, by platform ref. */
  readonly people: ReadonlyMap<string, string>;
  /** Who fills the form in: offered as the first pick of every people picker. */
  readonly me?: { readonly ref: string; readonly name: string };
  /** Below 1 when the form would not fit: fewer choices and shorter initial texts. */
  readonly scale?: number;
}

const scaled = (limit: 'choices' | 'value' | 'pasted', context: FieldContext): number =>
  Math.max(8, Math.floor(LIMITS[limit] * (context.scale ?? 1)));

/** Above this a list is shown as a search box. */
const SEARCHED = 8;

/** `<@ref>` as typed or picked before, without its brackets. */
const refOf = (value: string): string | undefined => /^<[@#]([^<>]+)>$/.exec(value)?.[1];

/** Commas separate the picks of a multiple choice, so they cannot stand in a value. */
const encodeChoice = (value: string): string => encodeURIComponent(value.toWellFormed());

export const choiceOf = (option: Option, checked: Checked): JsonObject => ({
  title: clipTo(oneLine(option.label) || encodeChoice(option.value), 'choice', checked),
  value: encodeChoice(option.value),
});

/** As many options as fit, and always those that are picked already. */
function choicesOf(
  options: readonly Option[],
  picked: readonly string[],
  context: FieldContext,
): JsonObject[] {
  const most = scaled('choices', context);
  if (within('choices', options.length, context) && options.length <= most) {
    return options.map((option) => choiceOf(option, context));
  }
  const room = Math.max(0, most - picked.length);
  const kept = options.filter((option, i) => i < room || picked.includes(option.value));
  return kept.slice(0, most).map((option) => choiceOf(option, context));
}

/** A list must not be empty; this choice is read as none. */
const NOTHING: readonly JsonObject[] = [{ title: 'There is nothing to choose from yet', value: ' ' }];

function choiceSet(
  offered: readonly Option[],
  picked: readonly string[],
  multi: boolean,
  context: FieldContext,
): JsonObject {
  const options = offered.filter((option) => option.value !== '');
  return {
    type: 'Input.ChoiceSet',
    choices: options.length === 0 ? NOTHING : choicesOf(options, picked, context),
    style: multi ? 'expanded' : options.length > SEARCHED ? 'filtered' : 'compact',
    ...(multi ? { isMultiSelect: true } : {}),
    ...(picked.length === 0 ? {} : { value: picked.map(encodeChoice).join(',') }),
  };
}

/**
 * Teams asks for more while somebody types (`application/search`); a client that does not ask has the first ones.
 * What is picked already is among them, or it would show as its value.
 */
function searchBox(
  field: Extract<Field, { kind: 'search' | 'multi_search' }>,
  picked: readonly Option[],
  context: FieldContext,
): JsonObject {
  const values = picked.map((option) => option.value);
  const others = field.first.filter((option) => !values.includes(option.value));
  return {
    ...choiceSet([...picked, ...others], values, false, context),
    ...(picked.length + others.length === 0 ? { choices: SEARCH } : {}),
    style: 'filtered',
    'choices.data': { type: 'Data.Query', dataset: field.source },
    ...(field.kind === 'multi_search' ? { isMultiSelect: true } : {}),
  };
}

const SEARCH: readonly JsonObject[] = [{ title: 'Type a name to search', value: ' ' }];

/** Teams searches the directory of the tenant; who is picked already is named, or it would show as an id. */
function peoplePicker(picked: readonly string[], multi: boolean, context: FieldContext): JsonObject {
  const chosen = picked.flatMap((value) => {
    const typed = refOf(value);
    if (typed !== undefined) return [{ ref: typed, name: context.people.get(typed) ?? typed }];
    const user = context.names.user(value);
    return user === undefined ? [] : [user];
  });
  const { me } = context;
  const offered = me === undefined || chosen.some(({ ref }) => ref === me.ref) ? chosen : [...chosen, me];
  const choices = offered.map(({ ref, name }) => ({
    title: clipTo(oneLine(name) || ref, 'choice', context),
    value: ref,
  }));
  return {
    type: 'Input.ChoiceSet',
    choices: choices.length === 0 ? SEARCH : choices,
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
    style: 'filtered',
    ...(multi ? { isMultiSelect: true } : {}),
    ...(chosen.length === 0 ? {} : { value: chosen.map(({ ref }) => ref).join(',') }),
  };
}

function channelInput(initial: string | undefined, context: FieldContext): JsonObject {
  const ref = initial === undefined ? undefined : (refOf(initial) ?? initial);
  if (context.channels.length === 0) {
    return {
      type: 'Input.Text',
      placeholder: 'Paste the link to the channel',
      ...(ref === undefined ? {} : { value: ref }),
    };
  }
  const known = context.channels.map(({ ref: value, name }) => ({ value, label: name }));
  const all =
    ref === undefined || known.some((k) => k.value === ref) ? known : [...known, { value: ref, label: ref }];
  return choiceSet(all, ref === undefined ? [] : [ref], false, context);
}

interface TextLook {
  readonly initial?: string;
  readonly placeholder?: string;
  readonly max?: number;
}

function textInput(look: TextLook, context: FieldContext): JsonObject {
  const max = Math.min(look.max ?? LIMITS.value, LIMITS.value);
  const { placeholder } = look;
  const initial = look.initial?.toWellFormed().slice(0, scaled('value', context)).toWellFormed();
  return {
    type: 'Input.Text',
    maxLength: max,
    ...(placeholder === undefined
      ? {}
      : { placeholder: clipTo(oneLine(placeholder), 'placeholder', context) }),
    ...(initial === undefined || initial === '' ? {} : { value: initial }),
  };
}

/** Cards take no files. A text that would come back cut is left out: half a file is worse than none. */
function pastedFile({ types, initial }: Extract<Field, { kind: 'file' }>, context: FieldContext): JsonObject {
  const kinds = types.map((type) => type.toUpperCase()).join(' or ');
  const whole = initial !== undefined && initial.length <= scaled('pasted', context);
  return {
    type: 'Input.Text',
    isMultiline: true,
    placeholder: `Paste the content of the ${kinds} file here`,
    ...(whole && initial !== '' ? { value: initial.toWellFormed() } : {}),
  };
}

const matching = (value: string | undefined, shape: RegExp): JsonObject =>
  value !== undefined && shape.test(value) ? { value } : {};

/** The input of one question, without its frame (id, label, required). */
export function renderInput(field: Field, context: FieldContext): JsonObject {
  switch (field.kind) {
    case 'text':
    // A number is typed as text: Input.Number refuses a decimal comma before anybody can say what is wrong.
    case 'number':
      return textInput(field, context);
    case 'long_text':
      return { ...textInput(field, context), isMultiline: true };
    case 'date':
      return { type: 'Input.Date', ...matching(field.initial, /^\d{4}-\d{2}-\d{2}$/) };
    case 'time':
      return { type: 'Input.Time', ...matching(field.initial, /^\d{2}:\d{2}$/) };
    case 'select':
      return choiceSet(field.options, field.initial === undefined ? [] : [field.initial], false, context);
    case 'multi_select':
      return choiceSet(field.options, field.initial ?? [], true, context);
    case 'search':
      return searchBox(field, field.initial === undefined ? [] : [field.initial], context);
    case 'multi_search':
      return searchBox(field, field.initial ?? [], context);
    case 'yes_no':
      return {
        type: 'Input.Toggle',
        title: clipTo(oneLine(field.question ?? field.label), 'label', context),
        value: String(field.initial ?? false),
      };
    case 'person':
      return peoplePicker(field.initial === undefined ? [] : [field.initial], false, context);
    case 'people':
      return peoplePicker(field.initial ?? [], true, context);
    case 'file':
      return pastedFile(field, context);
    case 'channel':
      return channelInput(field.initial, context);
    default:
      return field satisfies never;
  }
}
