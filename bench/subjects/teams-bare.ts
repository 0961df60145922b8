import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
// oxlint-disable-next-line no-restricted-imports -- the limit is Microsoft's own library without anything of ours
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { answerParent } from '../child.ts';

/** CloudAdapter alone, without an app id and so without a token check: answers every message with a constant. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));

async function bodyOf(req: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const request = { body: await bodyOf(req), headers: req.headers, method: req.method ?? 'POST' };
  const response = {
    socket: res.socket,
    header: (name: string, value: unknown) => res.setHeader(name, String(value)),
    status: (code: number) => {
      res.statusCode = code;
    },
    send: (sent: unknown) => void res.write(typeof sent === 'string' ? sent : JSON.stringify(sent ?? '')),
    end: () => res.end(),
  };
  await adapter.process(request, response, async (context) => {
    await context.sendActivity('constant');
  });
}

const server = createServer((req, res) => void answer(req, res));
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

answerParent({ port: () => (server.address() as AddressInfo).port });
