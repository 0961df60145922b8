import { z } from 'zod';
import { letGo } from '../../../db/messages-aside.ts';
import { messageById } from '../../../db/messages.ts';
import { conflict, notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';

/** Gives a message up that was set aside, or takes note of one that may have come twice. */
export const dropMessage = defineAction({
  name: 'message.drop',
  /** Message id. */
  input: z.object({ message: z.string() }),
  allow: atLeast('governor'),
  async run({ tx, org, input }) {
    const message = await messageById(tx, org, input.message);
    if (message === undefined) throw notFound('There is no such message.');
    if (!(await letGo(tx, message)))
      throw conflict('Nothing is wrong with this message any more: somebody was faster.');
    return {
      result: { view: message.view },
      audit: {
        subject: `message:${message.id}`,
        facts: { view: message.view, was: message.state, mayRepeat: message.mayRepeat },
      },
    };
  },
});
