import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { remoteBackend } from './remote.ts';
import { createMcpServer } from './tools.ts';

/** Speaks MCP on standard input and output, and with a running Coxswain over HTTP. Ends with its input. */
export async function serveStdio(options: {
  readonly url: string;
  readonly token: string;
  readonly version: string;
}): Promise<void> {
  const server = createMcpServer(remoteBackend(options.url, options.token), options.version);
  await server.connect(new StdioServerTransport());
}
