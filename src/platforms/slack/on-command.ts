import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { Reply } from '../platform.ts';
import type { Connection } from './connection.ts';
import { openForm, saying, tell, tellFile, tellReply } from './deliver.ts';
import { fromCommand, lineOf, originOfCommand } from './envelope.ts';
import { LATE, within } from '../race.ts';
import type { Shown } from './show.ts';

/** An answer, rendered as far as it can be before it is known how it will travel. */
type Answer =
  | { readonly kind: 'message'; readonly shown: Shown; readonly to: 'me' | 'all' }
  | { readonly kind: 'reply'; readonly reply: Reply };

/**
 * `/pilot …`. What is ready in time is the acknowledgement itself, one round trip to the visible answer; what
 * is not follows through the response address.
 */
export async function onCommand(
  c: Connection,
  command: SlashCommand,
  ack: AckFn<string | RespondArguments>,
): Promise<void> {
  const from = fromCommand(command);
  const origin = originOfCommand(command);
  const work = answerTo(c, from.tenant, c.inbound.command(from, lineOf(command.text)));
  const answer = await within(c.wall, c.budgets.answer, work);
  if (answer === LATE) {
    await ack();
    c.later('a late answer', () =>
      work.then((late) =>
        late.kind === 'message'
          ? tell(c, from, origin, late.shown, late.to)
          : tellReply(c, from, origin, late.reply),
      ),
    );
    return;
  }
  if (answer.kind === 'message') {
    await ack({ response_type: answer.to === 'all' ? 'in_channel' : 'ephemeral', ...answer.shown });
    return;
  }
  await ack();
  const { reply } = answer;
  if (reply.kind === 'form')
    c.later('a form', () => openForm(c, from, origin, command.trigger_id, reply.form));
  if (reply.kind === 'file') c.later('a file', () => tellFile(c, from, origin, reply));
}

async function answerTo(c: Connection, tenant: string, replied: Promise<Reply>): Promise<Answer> {
  const reply = await replied;
  switch (reply.kind) {
    case 'card':
      return { kind: 'message', shown: await c.show.card(tenant, reply.card), to: reply.to };
    case 'replace':
      return { kind: 'message', shown: await c.show.card(tenant, reply.card), to: 'me' };
    case 'form':
    case 'file':
      return { kind: 'reply', reply };
    case 'done':
      return reply.say === undefined
        ? { kind: 'reply', reply }
        : { kind: 'message', shown: await c.show.card(tenant, saying(reply.say)), to: 'me' };
    default:
      return reply satisfies never;
  }
}
