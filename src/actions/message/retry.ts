import { z } from 'zod';
import { sendOnceMore } from '../../../db/messages-aside.ts';
import { messageById } from '../../../db/messages.ts';
import { conflict, notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';

/** Tries a message again that was set aside. One of which nobody knows whether it arrived may be there twice then. */
export const sendAgain = defineAction({
  name: 'message.retry',
  /** Message id. */
  input: z.object({ message: z.string() }),
  allow: atLeast('governor'),
  async run({ tx, org, input }) {
    const message = await messageById(tx, org, input.message);
    if (message === undefined) throw notFound('There is no such message.');
    if (!(await sendOnceMore(tx, message)))
      throw conflict('This message is not set aside any more: somebody was faster, or its channel is back.');
    return {
      result: { view: message.view, mayRepeat: message.state === 'held' },
      audit: { subject: `message:${message.id}`, facts: { view: message.view, was: message.state } },
    };
  },
});
