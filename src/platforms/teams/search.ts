import { z } from 'zod';
import { LATE, within } from '../race.ts';
import { choiceOf } from './fields.ts';
import { type InvokeAnswer, searchResults } from './invoke.ts';
import type { Desk, Turn } from './turn.ts';

export const SEARCH = 'application/search';

/** Somebody waits with every letter that they type. */
const PATIENCE_MS = 3000;

const valueSchema = z.looseObject({
  queryText: z.string().max(500).nullish(),
  queryOptions: z
    .looseObject({ skip: z.number().int().min(0).nullish(), top: z.number().int().min(1).nullish() })
    .nullish()
    .catch(undefined),
  dataset: z.string().max(20),
});

/** `application/search`: a search field asks for choices. Nothing is offered to whom nothing is shown. */
export async function onSearch(desk: Desk, { activity, from }: Turn): Promise<InvokeAnswer> {
  const asked = valueSchema.safeParse(activity.value).data;
  if (asked === undefined) return searchResults([]);
  const work = desk.deps.inbound.suggest(from, asked.dataset, asked.queryText ?? '');
  const found = await within(desk.deps.wall, PATIENCE_MS, work);
  if (found === LATE) return searchResults([]);
  const skip = asked.queryOptions?.skip ?? 0;
  const top = asked.queryOptions?.top ?? found.length;
  return searchResults(found.slice(skip, skip + top).map((option) => choiceOf(option, {})));
}
