import { invalid } from '../src/errors.ts';
import type { Asked } from './command.ts';

/** Coxswain's id of the channel in which this was typed, or a sentence with `example`. */
export async function postableHere(asked: Asked, example: string): Promise<string> {
  const channel = await asked.channel();
  if (channel !== undefined) return channel;
  throw invalid('A digest belongs to a channel: type this in the channel where it shall be posted.', {
    hint: example,
  });
}
