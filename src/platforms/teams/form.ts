import type { JsonObject, Picture } from '../../ui/card.ts';
import { type Field, type FieldErrors, type Form, type Hint, fieldsOf, isField } from '../../ui/form.ts';
import { FORM_KEY, VERBS } from './buttons.ts';
import { type AdaptiveCard, wrap } from './card.ts';
import { renderElement, textBlock } from './elements.ts';
import { oneLine } from './escape.ts';
import { type FieldContext, renderInput } from './fields.ts';
import { LIMITS, bytes, clipTo, within } from './limits.ts';
import { type Mentions, collectMentions } from './mentions.ts';
import { renderString } from './text.ts';

export interface FormOptions extends FieldContext {
  readonly pictureUrl: (picture: Picture) => string | undefined;
  /** `dialog` opens from a button; `inline` is a message that is filled in where it stands. */
  readonly shell: 'dialog' | 'inline';
  readonly errors?: FieldErrors;
  /** Set on an inline form that only one person sees, and given back with its submission. */
  readonly private?: boolean;
}

const sentence = (text: string, options: FormOptions): JsonObject =>
  textBlock(renderString(text, 'hint', options), { color: 'Attention', size: 'Small', weight: 'Bolder' });

/** A question, its hint, and what is wrong with the answer. */
function renderField(field: Field, options: FormOptions): JsonObject[] {
  const error = options.errors?.[field.name];
  const label = clipTo(oneLine(field.label) || field.name, 'label', options);
  const required = field.optional !== true && field.kind !== 'yes_no';
  const input: JsonObject = {
    ...renderInput(field, options),
    id: field.name,
    label,
    ...(required ? { isRequired: true, errorMessage: renderString(`${label} is needed.`, 'hint', {}) } : {}),
  };
  const hint =
    field.hint === undefined
      ? []
      : [
          textBlock(renderString(field.hint, 'hint', options), {
            isSubtle: true,
            size: 'Small',
            spacing: 'None',
          }),
        ];
  return [input, ...hint, ...(error === undefined ? [] : [sentence(error, options)])];
}

function renderItem(item: Field | Hint, i: number, options: FormOptions, mentions: Mentions): JsonObject[] {
  if (isField(item)) return renderField(item, options);
  if (item.body.kind === 'divider') return [textBlock('', { separator: true, size: 'Small' })];
  return renderElement(item.body, `h${i}`, { ...options, shell: 'message', mentions });
}

/** Sentences that belong to no question that is shown. */
function loose(form: Form, errors: FieldErrors): string[] {
  const names = new Set(fieldsOf(form).map((field) => field.name));
  return Object.entries(errors).flatMap(([name, text]) => (names.has(name) ? [] : [text]));
}

function problems(form: Form, options: FormOptions): JsonObject[] {
  const { errors } = options;
  if (errors === undefined || Object.keys(errors).length === 0) return [];
  const said = loose(form, errors);
  const lines = said.length === 0 ? ['Please look at the answers marked below.'] : said;
  return [{ type: 'Container', style: 'attention', items: lines.map((line) => sentence(line, options)) }];
}

/** What the submission needs to be read: which form, about what, and of which kind each answer is. */
export interface FormStamp {
  readonly name: string;
  readonly args: JsonObject;
  readonly kinds: Readonly<Record<string, Field['kind']>>;
  readonly private?: boolean;
}

function submitAction(form: Form, options: FormOptions): JsonObject {
  const kinds = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.kind]));
  const stamp = {
    name: form.name,
    args: form.args,
    kinds,
    ...(options.private === true ? { private: true } : {}),
  };
  const data = { [FORM_KEY]: stamp };
  const title = clipTo(oneLine(form.submit), 'button', options);
  return options.shell === 'dialog'
    ? { type: 'Action.Submit', title, data, style: 'positive' }
    : { type: 'Action.Execute', verb: VERBS.submit, title, data, style: 'positive' };
}

/** How far lists of choices and filled-in texts are shortened, step by step, when a form does not fit. */
const SCALES = [0.5, 0.2, 0.08, 0.03, 0.01] as const;

function renderAt(form: Form, options: FormOptions): AdaptiveCard {
  const mentions = collectMentions();
  const head =
    options.shell === 'dialog'
      ? []
      : [
          textBlock(renderString(oneLine(form.title), 'title', options), {
            style: 'heading',
            size: 'Large',
            weight: 'Bolder',
          }),
        ];
  const items = form.items
    .filter((item) => isField(item) || (options.scale ?? 1) > 0.1)
    .flatMap((item, i) => renderItem(item, i, options, mentions));
  return {
    ...wrap(
      [...head, ...problems(form, options), ...items],
      clipTo(oneLine(form.title), 'fallback', {}),
      mentions,
    ),
    actions: [submitAction(form, options)],
  };
}

/**
 * A Form as an Adaptive Card. With `errors` it is the same form again, each sentence beside its question;
 * what was typed comes in as the fields' `initial` (see `refill`).
 */
export function renderForm(form: Form, options: FormOptions): AdaptiveCard {
  let shown = renderAt(form, options);
  if (within('cardBytes', bytes(shown), options)) return shown;
  for (const scale of SCALES) {
    shown = renderAt(form, { ...options, scale });
    if (bytes(shown) <= LIMITS.cardBytes) return shown;
  }
  return shown;
}

/** Title of the dialog's own bar. Plain text. */
export const dialogTitle = (form: Form): string => clipTo(oneLine(form.title), 'dialogTitle', {});
