import type { ModalView } from '@slack/types';
import type { StateValues } from '../../src/platforms/slack/inputs.ts';

/** `view.state.values` as Slack sends it when somebody submits a modal without touching anything. */
export function fakeState(view: ModalView): StateValues {
  const values: Record<string, Record<string, object>> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !('element' in block) || block.block_id === undefined) continue;
    const { element } = block;
    values[block.block_id] = {
      [element.action_id ?? '']: { type: element.type, ...untouched(element as never) },
    };
  }
  return values;
}

function untouched(element: { type: string } & Record<string, unknown>): object {
  switch (element.type) {
    case 'plain_text_input':
      return { value: element['initial_value'] ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { selected_option: element['initial_option'] ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
      return { selected_options: element['initial_options'] ?? [] };
    case 'datepicker':
      return { selected_date: element['initial_date'] ?? null };
    case 'timepicker':
      return { selected_time: element['initial_time'] ?? null };
    case 'users_select':
      return { selected_user: element['initial_user'] ?? null };
    case 'multi_users_select':
      return { selected_users: element['initial_users'] ?? [] };
    case 'conversations_select':
      return { selected_conversation: element['initial_conversation'] ?? null };
    case 'file_input':
      return { files: [] };
    default:
      throw new Error(
        `a form shows ${element.type}, which Slack would submit in a way nobody wrote down here`,
      );
  }
}
