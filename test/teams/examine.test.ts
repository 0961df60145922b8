import { expect, test } from 'vitest';
import { channelConversation, chatConversation } from '../../sandbox/teams/index.ts';
import { withTeams } from './harness.ts';

const asked = async (token: () => Promise<string>) => {
  await using h = await withTeams({ config: { appId: 'app-1', cloud: { token } } });
  return h.teams.outbound.examine?.('tenant', []);
};

test('the doctor hears whether Microsoft gives a token, and no word of its answer', async () => {
  expect(await asked(() => Promise.resolve('secret'))).toEqual({
    account: 'app app-1',
    missing: [],
    absent: [],
    present: [],
  });
  const refused = await asked(() => Promise.reject(new Error('AADSTS7000215: https://login/secret'))).catch(
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({ code: 'unavailable' });
  expect(String(refused)).toContain('Microsoft gives no token');
  expect(String(refused)).not.toContain('AADSTS');
});

test('and of each channel whether Coxswain is in it, as far as Teams says', async () => {
  const token = () => Promise.resolve('secret');
  await using h = await withTeams({ config: { appId: 'app-1', cloud: { token } } });
  const serviceUrl = h.sandbox.serviceUrl();
  const [known, gone] = [channelConversation('claims'), chatConversation({ id: 'lunch' })];
  const report = await h.teams.outbound.examine?.('tenant', [
    { ref: known, serviceUrl },
    { ref: gone, serviceUrl },
    { ref: 'nowhere' },
  ]);
  expect(report).toMatchObject({ present: [known], absent: [gone] });
  h.sandbox.connector.fail([{ kind: 'status', status: 502 }]);
  const unsure = await h.teams.outbound.examine?.('tenant', [{ ref: known, serviceUrl }]);
  expect(unsure).toMatchObject({ present: [], absent: [] });
});

test('without credentials there is nothing to ask for', async () => {
  await using h = await withTeams();
  expect(h.teams.outbound.examine).toBeUndefined();
});
