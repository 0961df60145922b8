import {
  claimAdmin,
  grantRole,
  setChannelVisibility,
  setGovernanceChannel,
} from '../src/actions/org/index.ts';
import { perform } from '../src/actions/perform.ts';
import { ROLES } from '../src/domain/person.ts';
import { CHANNEL_VISIBLE_TO, VISIBILITIES } from '../src/domain/visibility.ts';
import { invalid } from '../src/errors.ts';
import { peopleWithRole } from '../src/queries/people.ts';
import { list, paragraph } from '../src/ui/card.ts';
import { type Text, bold, person } from '../src/ui/text.ts';
import type { Command } from './command.ts';
import { needPerson } from './people.ts';
import { say } from './reply.ts';

export const adminCommand: Command = {
  name: 'admin',
  summary: 'Who may do what here',
  defaultVerb: 'list',
  examples: ['admin claim ABCD-EFGH-JKLM', 'admin grant @bo reviewer', 'admin governance'],
  verbs: [
    {
      name: 'list',
      usage: 'admin list',
      summary: 'reviewers, governors and admins',
      positional: [],
      async run(asked) {
        const people = await peopleWithRole(asked.store.read, asked.org, 'reviewer');
        const lines = people.map((p): Text => [bold(p.role), ': ', person(p.id, p.name)]);
        return say(
          'Roles',
          lines.length === 0
            ? paragraph(
                'Nobody has a role yet. Redeem the code that was printed at the first start: ',
                bold('admin claim CODE'),
              )
            : list(lines),
        );
      },
    },
    {
      name: 'claim',
      usage: 'admin claim <code>',
      summary: 'become admin with the one-time code of the first start',
      positional: ['code'],
      async run(asked, input) {
        await perform(asked, claimAdmin, { ...input });
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
          `${name} is a ${role} now`,
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
  ],
};
