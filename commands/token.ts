import { perform } from '../src/actions/perform.ts';
import { createToken, revokeToken } from '../src/actions/token/index.ts';
import { newTokenCard, tokenListCard } from '../src/cards/token.ts';
import { invalid } from '../src/errors.ts';
import { loadTokens } from '../src/queries/token.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { openForm, say, toMe } from './reply.ts';

/** Makes a token and shows it, to who asked alone. */
export async function madeToken(asked: Asked, input: object) {
  return toMe(newTokenCard(await perform(asked, createToken, input), asked.zone));
}

export const tokenCommand: Command = {
  name: 'token',
  aliases: ['tokens'],
  summary: 'Keys with which machines log readings, raise issues and send alerts',
  defaultVerb: 'list',
  examples: ['token new ci scope=readings', 'token new grafana scope=alerts seat=claims', 'token revoke ci'],
  verbs: [
    {
      name: 'new',
      aliases: ['add'],
      usage: 'token new <name> [scope=readings|issues|read|alerts] [seat=claims] [expires=90d]',
      summary: 'make one; it is shown once, only to you; alone it opens a form',
      positional: ['name'],
      named: ['name', 'scopes|scope', 'seat', 'expires|until'],
      async run(asked, input) {
        return input['name'] === undefined
          ? openForm('token.new', { ...input })
          : madeToken(asked, { ...input });
      },
    },
    {
      name: 'list',
      usage: 'token list',
      summary: 'what each may do, until when, and when it was last used',
      positional: [],
      run: async (asked) =>
        toMe(tokenListCard(await loadTokens(asked.store.read, asked.org, asked.me), asked.clock.now())),
    },
    {
      name: 'revoke',
      aliases: ['remove', 'end'],
      usage: 'token revoke <name>',
      summary: 'end it at once',
      positional: ['name'],
      async run(asked, input) {
        if (input['name'] === undefined)
          throw invalid('Which token? Give its name.', { hint: 'token revoke ci' });
        const { name } = await perform(asked, revokeToken, { name: input['name'] });
        return say(`The token ${name} is revoked`, paragraph('Its next request is refused.'));
      },
    },
  ],
};
