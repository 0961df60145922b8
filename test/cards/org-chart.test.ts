import { expect, test } from 'vitest';
import { addSeat, editSeat } from '../../src/actions/seat/index.ts';
import { orgChartCard } from '../../src/cards/org-chart.ts';
import { loadOrgChart } from '../../src/queries/org-chart.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';

const NOBODY = 'Nobody reports to anybody yet';
const shown = async (app: TestApp): Promise<string> =>
  JSON.stringify(orgChartCard(await loadOrgChart(app.app.store.read, app.org), MONDAY));

test('that nobody reports to anybody is said of no chart whose lower seats have only no line', async () => {
  const app = await testApp('sqlite');
  for (let i = 0; i < 41; i += 1)
    await app.act('ana', addSeat, { key: `s${i}`, name: `Seat ${i}`, accountability: 'Does its work' });
  expect(await shown(app)).toContain(NOBODY);
  await app.act('ana', addSeat, { key: 'below', name: 'Below', accountability: 'Does its work' });
  await app.act('ana', editSeat, { seat: 'below', parent: 's0' });
  const chart = await shown(app);
  expect(chart).toContain('; 1 more below: ');
  expect(chart).not.toContain(NOBODY);
});
