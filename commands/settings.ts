import { changeSettings } from '../src/actions/org/index.ts';
import { perform } from '../src/actions/perform.ts';
import { settingsCard } from '../src/cards/org-settings.ts';
import { hasRole } from '../src/domain/person.ts';
import { KEPT } from '../src/domain/retention.ts';
import { invalid } from '../src/errors.ts';
import { loadSettings } from '../src/queries/org-settings.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { openForm, say, toMe } from './reply.ts';

/** What the organisation has set, with what comes from outside. */
export async function shownSettings(asked: Asked) {
  const view = await loadSettings(asked.store.read, asked.org);
  const outside = asked.vitals().outside ?? [];
  return settingsCard(view, outside, asked.keys.signer.publicKey, hasRole(asked.me.role, 'governor'));
}

export const settingsCommand: Command = {
  name: 'settings',
  summary: 'What holds for the whole organisation',
  defaultVerb: 'show',
  examples: ['settings', 'settings set zone=Europe/Berlin', 'settings heads here'],
  verbs: [
    {
      name: 'show',
      usage: 'settings',
      summary:
        'name, zone, digest time, channels, how long what is kept, and what comes from the environment',
      positional: [],
      run: async (asked) => toMe(await shownSettings(asked)),
    },
    {
      name: 'set',
      usage:
        'settings set [name="…"] [zone=Europe/Berlin] [digest="mon 09:00"] [deliveries=90] [drafts=30] …',
      summary: 'change them; alone it opens a form. Numbers are days for which something is kept',
      positional: [],
      named: ['name', 'zone', 'digest', ...KEPT],
      async run(asked, input) {
        if (Object.keys(input).length === 0) return openForm('settings.edit', {});
        await perform(asked, changeSettings, { ...input });
        return toMe(await shownSettings(asked));
      },
    },
    {
      name: 'heads',
      usage: 'settings heads <here|off>',
      summary: 'post the signed head of the audit log in this channel every night',
      positional: ['where'],
      async run(asked, input) {
        const where = (input['where'] ?? '').toLowerCase();
        const hint = 'settings heads here';
        if (where !== 'here' && where !== 'off')
          throw invalid('Where to? “here”, typed in the channel, or “off”.', { hint });
        const channel = where === 'off' ? '' : await asked.channel();
        if (channel === undefined)
          throw invalid('Type this in the channel that shall get the heads.', { hint });
        await perform(asked, changeSettings, { heads: channel });
        return say(
          where === 'off' ? 'Heads are not posted any more' : 'Heads are posted here',
          paragraph(
            where === 'off'
              ? 'They still go to the file, where there is one.'
              : 'One post a week, the other days in its thread. “audit export” makes the first one now.',
          ),
        );
      },
    },
  ],
};
