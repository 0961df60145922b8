import { Writable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startLink } from './link.ts';
import { slash, withSlack } from './stand-in.ts';

const OPEN = 'apps.connections.open';

async function withLink() {
  const link = await startLink();
  const there = { ok: true, url: link.url };
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const slack = await withSlack({
    config: { appToken: 'xapp-test' },
    log: createLog('warn', stream),
    before: (api) => api.answer(OPEN, there),
  });
  onTestFinished(async () => {
    await slack.close();
    link.close();
  });
  return { link, there, slack, lines };
}

test('a command that comes over Socket Mode is acknowledged with its answer', async () => {
  const { link, slack } = await withLink();
  const ack = await link.ask('slash_commands', slash(slack.api.origin, 'help'));
  expect(ack.envelope_id).toBe('e1');
  expect(JSON.stringify(ack.payload)).toContain('Ready.');
  expect(slack.asked.map(({ what }) => what)).toContain('command');
});

test('a connection that Slack ends, or that breaks, is opened again, however often that fails', async () => {
  const { link, there, slack, lines } = await withLink();
  slack.api.answer(OPEN, there);
  const renewed = link.opened();
  link.send({ type: 'disconnect', reason: 'refresh_requested' });
  await renewed;

  // Slack's client would end the process at the first of these.
  slack.api.answer(OPEN, (_req, res) => res.destroy(), there);
  const back = link.opened();
  link.cut();
  await back;
  expect(slack.api.of(OPEN)).toHaveLength(4);
  expect(lines.filter((line) => line.includes('nothing reaches Coxswain from Slack'))).toHaveLength(1);
  await vi.waitFor(async () => {
    const ack = await link.ask('slash_commands', slash(slack.api.origin, 'help'));
    expect(JSON.stringify(ack.payload)).toContain('Ready.');
  });
});

test('who stops it is not connected again', async () => {
  const { link, slack } = await withLink();
  await slack.platform.stop();
  expect(slack.api.of(OPEN)).toHaveLength(1);
  link.cut();
  expect(slack.api.of(OPEN)).toHaveLength(1);
});
