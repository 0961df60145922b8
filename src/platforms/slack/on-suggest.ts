import type { BlockSuggestion } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { LATE, within } from '../race.ts';
import type { Connection } from './connection.ts';
import { fromSuggestion } from './envelope.ts';
import { readMetadata } from './form.ts';
import { optionsOf, sourceOf } from './inputs.ts';
import { LIMITS } from './limits.ts';

/** Choices for what was typed into a search field. Slack waits three seconds, then says that there are none. */
export async function onSuggest(c: Connection, body: BlockSuggestion): Promise<PlainTextOption[]> {
  const source = sourceOf(body.action_id);
  if (source === undefined) return [];
  const from = fromSuggestion(body, readMetadata(body.view?.private_metadata ?? ''));
  const found = await within(c.wall, c.budgets.answer, c.inbound.suggest(from, source, body.value));
  return found === LATE ? [] : optionsOf(found).slice(0, LIMITS.option.perGroup);
}
