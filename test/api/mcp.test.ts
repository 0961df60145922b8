import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { foundClaims, type } from '../stories/crew.ts';
import { type TestCoxswain, startCoxswain } from '../support/coxswain.ts';
import { newToken, request } from '../support/machine.ts';

const ROOT = join(import.meta.dirname, '../..');

const overHttp = (c: TestCoxswain, token: string) =>
  new StreamableHTTPClientTransport(new URL(`${c.running.url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });

const overStdio = (c: TestCoxswain, token: string) =>
  new StdioClientTransport({
    command: process.execPath,
    args: [join(ROOT, 'src/cli.ts'), 'mcp'],
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', COXSWAIN_URL: c.running.url, COXSWAIN_TOKEN: token },
    stderr: 'inherit',
  });

type Connect = typeof overHttp | typeof overStdio;

async function agent(connect: Connect, c: TestCoxswain, token: string) {
  const client = new Client({ name: 'claims-agent', version: '1.0.0' });
  await client.connect(connect(c, token));
  onTestFinished(() => client.close());
  const call = async (name: string, args: object) => {
    const { isError, content, structuredContent } = await client.callTool({ name, arguments: { ...args } });
    const [first] = content as { text: string }[];
    // oxlint-disable-next-line typescript/no-explicit-any -- JSON that a test knows the shape of
    return { refused: isError === true, text: first?.text ?? '', data: structuredContent as any };
  };
  return { client, call };
}

describe.each([
  ['streamable HTTP', overHttp],
  ['stdio', overStdio],
] as [string, Connect][])('an agent that reports on itself by %s', (_, connect) => {
  test(
    'sees its numbers, logs one, raises an issue, and is told in sentences what was wrong',
    { timeout: 60_000 },
    async () => {
      const c = await startCoxswain('sqlite');
      await foundClaims(c);
      const { token } = await newToken(c, 'agent scope=readings,read,issues seat=claims');
      const { client, call } = await agent(connect, c, token);
      const { tools } = await client.listTools();
      expect(tools.map((t) => [t.name, t.annotations?.readOnlyHint, t.annotations?.destructiveHint])).toEqual(
        [
          ['list_numbers', true, undefined],
          ['read_seat', true, undefined],
          ['log_reading', false, false],
          ['raise_issue', false, false],
        ],
      );

      const before = await call('list_numbers', { seat: 'claims' });
      expect(before.data.metrics[0]).toMatchObject({
        key: 'acceptance',
        latest: null,
        status: null,
        targetHigh: null,
      });
      const reading = { seat: 'claims', metric: 'acceptance', value: 91, idempotency_key: 'run-7' };
      expect((await call('log_reading', reading)).data).toMatchObject({
        accepted: 1,
        corrected: 0,
        green: 1,
      });
      expect((await call('log_reading', reading)).data).toMatchObject({
        accepted: 1,
        corrected: 0,
        green: 1,
      });
      const after = await call('list_numbers', { seat: 'claims' });
      expect(after.data.metrics[0].latest).toMatchObject({ value: 91, reportedBy: 'token agent' });
      expect(
        (await call('raise_issue', { seat: 'claims', title: 'A source is gone', severity: 2 })).data,
      ).toEqual({
        issue: 'CLAIMS-1',
        joined: false,
      });
      const seat = await call('read_seat', { seat: 'claims' });
      expect(seat.data.openIssues).toMatchObject([{ issue: 'CLAIMS-1', severity: 2, state: 'open' }]);
      expect((await type(c, 'bo', 'issue show CLAIMS-1')).text).toContain('token agent raised it');

      const odd = await call('log_reading', { seat: 'claims', metric: 'aceptance', value: 91 });
      expect([odd.refused, odd.text]).toEqual([true, expect.stringContaining('Did you mean “acceptance”?')]);
      expect(await call('read_seat', { seat: 'fraud' })).toMatchObject({
        refused: true,
        text: 'The token “agent” is for the seat claims only.',
      });
      expect(
        (await call('log_reading', { seat: 'claims', metric: 'acceptance', value: 'much' })).refused,
      ).toBe(true);
      await type(c, 'ana', 'token revoke agent');
      if (connect === overStdio)
        expect(await call('read_seat', { seat: 'claims' })).toMatchObject({
          refused: true,
          text: 'This token was revoked.',
        });
      else await expect(call('read_seat', { seat: 'claims' })).rejects.toThrow();
    },
  );
});

test('without a token, from another page or under another name nobody is served', async () => {
  const c = await startCoxswain('sqlite');
  await foundClaims(c);
  const { token } = await newToken(c, 'agent scope=read');
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const accept = { accept: 'application/json, text/event-stream' };
  const send = (more: object) => request(c, '/mcp', { token, body, headers: accept, ...more });
  expect((await send({})).body.result.tools).toHaveLength(4);
  const refused = [
    await request(c, '/mcp', { body, headers: accept }),
    await send({ headers: { ...accept, origin: 'https://evil.example.com' } }),
    await send({ method: 'DELETE' }),
    await send({ body: '{' }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([401, 403, 405, 400]);
  expect((await send({ headers: { ...accept, origin: c.running.url } })).status).toBe(200);
});
