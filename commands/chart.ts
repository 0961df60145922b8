import { needSeat } from '../src/actions/find.ts';
import { orgChartCard } from '../src/cards/org-chart.ts';
import { loadOrgChart } from '../src/queries/org-chart.ts';
import type { Command } from './command.ts';
import { toMe } from './reply.ts';

export const chartCommand: Command = {
  name: 'chart',
  aliases: ['org', 'orgchart'],
  summary: 'The org chart of seats: who reports to whom, AI and human, and who is accountable',
  examples: ['chart', 'chart claims', 'seat edit intake parent=claims', 'chart all'],
  verbs: [
    {
      name: '',
      usage: 'chart [seat|all]',
      summary: 'of all seats, or below one of them; with “all” the retired ones, too',
      positional: ['seat'],
      async run(asked, input) {
        const word = input['seat']?.toLowerCase();
        const db = asked.store.read;
        const root = word === undefined || word === 'all' ? undefined : await needSeat(db, asked.org, word);
        const which = root === undefined ? { retired: word === 'all' } : { root };
        return toMe(orgChartCard(await loadOrgChart(db, asked.org, which), asked.clock.now()));
      },
    },
  ],
};
