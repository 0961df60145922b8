import {
  claimAdmin,
  grantRole,
  makeJoinCode,
  redeemJoin,
  setChannelVisibility,
  setGovernanceChannel,
} from '../src/actions/org/index.ts';
import { confirmSingle } from '../src/actions/person/index.ts';
import { perform } from '../src/actions/perform.ts';
import { ROLES, hasRole } from '../src/domain/person.ts';
import { CHANNEL_VISIBLE_TO, VISIBILITIES } from '../src/domain/visibility.ts';
import { joinCodeCard, joinedCard, rosterCard } from '../src/cards/accounts.ts';
import { forbidden, invalid } from '../src/errors.ts';
import { loadRoster } from '../src/queries/accounts.ts';
import { paragraph } from '../src/ui/card.ts';
import { bold } from '../src/ui/text.ts';
import { PERSON_VERBS } from './admin-people.ts';
import type { Command } from './command.ts';
import { needPerson } from './people.ts';
import { say, toMe } from './reply.ts';
import { whole } from './scorecard.ts';

export const adminCommand: Command = {
  name: 'admin',
  summary: 'Who may do what here',
  defaultVerb: 'list',
  examples: ['admin claim ABCD-EFGH-JKLM', 'admin grant @bo reviewer', 'admin governance'],
  verbs: [
    {
      name: 'list',
      usage: 'admin list [page=2]',
      summary: 'reviewers, governors and admins, and who may have a second account that is not linked',
      positional: [],
      named: ['page'],
      async run(asked, input) {
        const page = whole(input['page'], 'The page', 1, 9999, 'admin list page=2');
        const roster = await loadRoster(asked.store.read, asked.org, page);
        return toMe(rosterCard(roster, hasRole(asked.me.role, 'governor')));
      },
    },
    {
      name: 'claim',
      usage: 'admin claim <code>',
      summary: 'become admin with the one-time code of the first start',
      positional: ['code'],
      async run(asked, input) {
        const { claimed } = await perform(asked, claimAdmin, { ...input });
        if (!claimed) {
          throw forbidden(
            'That code is not valid, or was used before. Admins can grant roles: “admin list” shows them.',
          );
        }
        return say(
          'You are an admin',
          paragraph('Give others their roles: ', bold('admin grant @somebody reviewer')),
        );
      },
    },
    {
      name: 'grant',
      usage: `admin grant @person <${ROLES.join('|')}>`,
      summary: 'give a person a role',
      positional: ['person', 'role'],
      async run(asked, input) {
        if (input['person'] === undefined)
          throw invalid('Who shall get a role?', { hint: 'admin grant @bo reviewer' });
        if (input['role'] === undefined) {
          throw invalid(`Which role? Choose ${ROLES.join(', ')}.`, { hint: 'admin grant @bo reviewer' });
        }
        const target = await needPerson(asked, input['person']);
        const { name, role, before } = await perform(asked, grantRole, {
          person: target.id,
          role: input['role'].toLowerCase(),
        });
        return say(
          `${name} is ${role === 'admin' ? 'an' : 'a'} ${role} now`,
          paragraph(before === role ? 'Nothing changed.' : `Before: ${before}.`),
        );
      },
    },
    {
      name: 'channel',
      usage: `admin channel <${VISIBILITIES.join('|')}> because="…"`,
      summary: 'who may see, outside this channel, the seats that report in it',
      positional: ['visibility', '...because'],
      named: ['visibility', 'because'],
      async run(asked, input) {
        const channel = await asked.channel();
        if (channel === undefined)
          throw invalid('Type this in the channel whose seats are not for everyone.', {
            hint: 'admin channel people because="Its pilots are confidential"',
          });
        const visibility = input['visibility']?.toLowerCase();
        const { name, to } = await perform(asked, setChannelVisibility, { ...input, visibility, channel });
        return say(`What reports in #${name}`, paragraph(CHANNEL_VISIBLE_TO[to]));
      },
    },
    {
      name: 'revoke',
      usage: 'admin revoke @person',
      summary: 'make somebody a plain member again',
      positional: ['person'],
      async run(asked, input) {
        if (input['person'] === undefined)
          throw invalid('Whose role shall go?', { hint: 'admin revoke @bo' });
        const target = await needPerson(asked, input['person']);
        const { name, before } = await perform(asked, grantRole, { person: target.id, role: 'member' });
        return say(
          `${name} is a member now`,
          paragraph(
            before === 'member' ? 'Nothing changed.' : `Before: ${before}. What they own stays theirs.`,
          ),
        );
      },
    },
    {
      name: 'single',
      usage: 'admin single @person',
      summary: 'confirm that somebody has no other account, so that their approvals count',
      positional: ['person'],
      async run(asked, input) {
        if (input['person'] === undefined)
          throw invalid('Who has one account only?', { hint: 'admin single @bo' });
        const target = await needPerson(asked, input['person']);
        const { name } = await perform(asked, confirmSingle, { person: target.id });
        return say('Confirmed', paragraph(`The approvals of ${name} count. They were told.`));
      },
    },
    {
      name: 'join',
      usage: 'admin join [code]',
      summary: 'a code by which another workspace or tenant joins; with it typed there, it does',
      positional: ['code'],
      async run(asked, input) {
        if (input['code'] === undefined) {
          const { code, until, name } = await perform(asked, makeJoinCode, {});
          return toMe(joinCodeCard(name, code, until, asked.me.zone));
        }
        const joined = await perform(asked, redeemJoin, { code: input['code'] });
        if (!joined.joined)
          throw forbidden(
            'That code is not valid: it was used, is over an hour old, or was made anew since.',
            {
              hint: 'admin join',
            },
          );
        return toMe(joinedCard({ ...joined, by: asked.me.name }));
      },
    },
    {
      name: 'governance',
      usage: 'admin governance',
      summary: 'make this channel the one where escalations end',
      positional: [],
      async run(asked) {
        const channel = await asked.channel();
        if (channel === undefined)
          throw invalid('Type this in the channel that shall be the governance channel.', {
            hint: 'admin governance',
          });
        const { name } = await perform(asked, setGovernanceChannel, { channel });
        return say(
          'The governance channel is set',
          paragraph(`Escalations that nobody answers end in #${name}.`),
        );
      },
    },
    ...PERSON_VERBS,
  ],
};
