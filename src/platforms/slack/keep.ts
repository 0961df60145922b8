import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { LIMITS } from './limits.ts';
import type { StateValues } from './inputs.ts';
import { plainText } from './text.ts';

const NOTICE = 'notice';

const WORKING = '⏳ This takes a moment. The result will appear here; nothing you typed is lost.';

/** The modal as it stands, while what was submitted is still being decided. */
export const stillWorking = (view: ViewOutput): ModalView => keptWith(view, WORKING);

/**
 * The modal as it stands, with what was typed filled in and a sentence above. Built from what Slack sent, because
 * there is no form of ours at hand.
 */
export function keptWith(view: ViewOutput, sentence: string): ModalView {
  const values = view.state.values as StateValues;
  const blocks = (view.blocks as KnownBlock[])
    .filter((block) => block.block_id !== NOTICE)
    .map((block) => (block.type === 'input' ? kept(block, values[block.block_id ?? ''] ?? {}) : block));
  return {
    type: 'modal',
    callback_id: view.callback_id,
    title: view.title,
    ...(view.submit === null ? {} : { submit: view.submit }),
    ...(view.close === null ? {} : { close: view.close }),
    private_metadata: view.private_metadata,
    blocks: [
      {
        type: 'section',
        block_id: NOTICE,
        text: plainText(sentence, LIMITS.section),
      } satisfies KnownBlock,
      ...blocks,
    ].slice(0, LIMITS.viewBlocks),
  };
}

type InputBlock = Extract<KnownBlock, { type: 'input' }>;

/** How Slack names the same value in a submission and in a view. */
const NAMES = {
  value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_user: 'initial_user',
  selected_users: 'initial_users',
  selected_conversation: 'initial_conversation',
} as const;

function kept(block: InputBlock, controls: StateValues[string]): InputBlock {
  const control = controls[block.element.action_id ?? ''];
  if (control === undefined) return block;
  const element: Record<string, unknown> = { ...block.element };
  for (const [submitted, initial] of Object.entries(NAMES)) {
    const value = (control as Record<string, unknown>)[submitted];
    if (value === undefined) continue;
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0))
      delete element[initial];
    else element[initial] = value;
  }
  // The same element with other initial values: no key that it did not know.
  return { ...block, element: element as unknown as InputBlock['element'] };
}
