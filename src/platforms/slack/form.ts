import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Json, JsonObject } from '../../ui/card.ts';
import { type FieldErrors, type Field, type Form, fieldsOf, isField } from '../../ui/form.ts';
import { type RenderOptions, elementBlocks } from './card.ts';
import { line } from './clean.ts';
import { blockId, inputElement } from './inputs.ts';
import { LIMITS } from './limits.ts';
import { neutral, plainText } from './text.ts';

/** One callback id for every form of ours: which one it is stands in the metadata. */
export const FORM_CALLBACK = 'coxswain_form';

/** Where a form was opened, so that its result can be shown there. Small, because it shares 3,000 characters. */
export interface Origin {
  readonly channel?: string;
  readonly thread?: string;
  readonly name?: string;
  /** Input: only ever used after being rebuilt on Slack's own host. */
  readonly responseUrl?: string;
}

/** What `private_metadata` holds. */
export interface Metadata {
  readonly form: string;
  readonly args: JsonObject;
  readonly from: Origin;
}

export interface FormOptions extends Pick<RenderOptions, 'names' | 'strict'> {
  readonly from: Origin;
  /** Sentences shown above the questions. */
  readonly notices?: readonly string[];
  /** Names of the fields' blocks, for a modal that is open already. */
  readonly block?: (field: string) => string;
}

/** A form as a modal. At most 100 blocks; throws when the args do not fit, since a form without them means something else. */
export function renderForm(form: Form, options: FormOptions): ModalView {
  const show: RenderOptions = { ...options, surface: 'modal', picture: () => undefined };
  const blocks = [
    ...(options.notices ?? []).map(notice),
    // The title bar holds 24 characters; a longer title is repeated where it can be read.
    ...(form.title.length > LIMITS.view.title ? [header(form.title)] : []),
    ...form.items.flatMap((item) =>
      isField(item) ? fieldBlock(item, options, form.draft === true) : elementBlocks(item.body, show),
    ),
  ];
  if (blocks.length > LIMITS.viewBlocks) {
    if (options.strict)
      throw new RangeError(`${form.name} has ${blocks.length} blocks, Slack takes ${LIMITS.viewBlocks}`);
    const missing = blocks.length - LIMITS.viewBlocks + 1;
    blocks.splice(LIMITS.viewBlocks - 1, missing, notice(`${missing} more lines did not fit here.`));
  }
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    title: plainText(form.title, LIMITS.view.title),
    submit: plainText(form.submit, LIMITS.view.submit),
    close: plainText('Cancel', LIMITS.view.close),
    private_metadata: metadataOf(form, options.from),
    blocks,
  };
}

const header = (text: string): KnownBlock => ({ type: 'header', text: plainText(text, LIMITS.header) });

const notice = (sentence: string): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: `⚠️ ${neutral(line(sentence, 500))}`, verbatim: true },
});

/** What is chosen and not typed: typing would be told letter by letter. */
const CHOSEN: ReadonlySet<Field['kind']> = new Set([
  'select',
  'multi_select',
  'search',
  'multi_search',
  'yes_no',
  'person',
  'people',
  'channel',
  'date',
  'time',
]);

function fieldBlock(field: Field, options: FormOptions, draft: boolean): KnownBlock {
  const element = inputElement(field, options.names);
  if (element === undefined) return notice(`${field.label}: there is nothing to choose from yet.`);
  const label =
    field.kind === 'yes_no' && field.question !== undefined
      ? `${field.label}: ${field.question}`
      : field.label;
  return {
    type: 'input',
    block_id: (options.block ?? blockId)(field.name),
    label: plainText(label, LIMITS.input.label),
    element,
    optional: field.optional === true,
    // Slack then tells of every choice, with all that the form holds.
    ...(draft && CHOSEN.has(field.kind) ? { dispatch_action: true } : {}),
    ...(field.hint === undefined || field.hint.trim() === ''
      ? {}
      : { hint: plainText(field.hint, LIMITS.input.hint) }),
  } satisfies InputBlock;
}

function metadataOf(form: Form, from: Origin): string {
  const whole = JSON.stringify({ form: form.name, args: form.args, from } satisfies Metadata);
  if (whole.length <= LIMITS.view.metadata) return whole;
  const { responseUrl: _, ...short } = from;
  const without = JSON.stringify({ form: form.name, args: form.args, from: short } satisfies Metadata);
  if (without.length <= LIMITS.view.metadata) return without;
  throw new RangeError(
    `The args of ${form.name} are too long: Slack carries ${LIMITS.view.metadata} characters`,
  );
}

/** Undefined when the modal is not one of ours. */
export function readMetadata(privateMetadata: string): Metadata | undefined {
  try {
    const json = JSON.parse(privateMetadata) as Json;
    if (!isObject(json) || typeof json['form'] !== 'string') return undefined;
    const { form, args, from } = json;
    return { form, args: isObject(args ?? null) ? (args as JsonObject) : {}, from: origin(from) };
  } catch {
    return undefined;
  }
}

const isObject = (json: Json): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function origin(from: Json | undefined): Origin {
  if (from === undefined || !isObject(from)) return {};
  const { channel, thread, name, responseUrl } = from;
  return {
    ...(typeof channel === 'string' ? { channel } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof responseUrl === 'string' ? { responseUrl } : {}),
  };
}

/**
 * Errors as Slack shows them beside the fields: sentences by block id. What belongs to no field of the open
 * modal stands at its first one; undefined when it has none.
 */
export function errorsByBlock(
  form: Form,
  errors: FieldErrors,
  blockOf: (field: string) => string = blockId,
): Record<string, string> | undefined {
  const names = fieldsOf(form)
    .filter((field) => !('options' in field) || field.options.length > 0)
    .map((field) => field.name);
  const [first] = names;
  if (first === undefined) return undefined;
  const beside: Record<string, string> = {};
  for (const [name, sentence] of Object.entries(errors)) {
    const block = blockOf(names.includes(name) ? name : first);
    beside[block] = line([beside[block], sentence].filter(Boolean).join(' '), LIMITS.input.hint);
  }
  return Object.keys(beside).length === 0 ? undefined : beside;
}
