import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// oxlint-disable-next-line no-restricted-imports -- the limit is Slack's own library without anything of ours
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { answerParent } from '../child.ts';
import { SIGNING_SECRET } from '../names.ts';

/** Bolt alone: verifies the signature and acknowledges with a constant. */
const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  tokenVerificationEnabled: false,
  ignoreSelf: false,
  convoStore: false,
  authorize: () => Promise.resolve({ botToken: 'xoxb-bench' }),
});
app.command('/pilot', async ({ ack }) => {
  await ack({ response_type: 'ephemeral', text: 'constant' });
});
const server = createServer((req, res) => receiver.requestListener(req, res));
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

answerParent({ port: () => (server.address() as AddressInfo).port, rss: () => rss() });

function rss(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
