import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { numbersSchema, seatSchema } from '../api/endpoints/words.ts';
import type { Got } from '../api/problem.ts';
import { ISSUE_KINDS } from '../domain/issue.ts';
import type { Json } from '../ui/card.ts';

/** What the tools do it with: this process, or a running Coxswain over HTTP. Both go through the same actions. */
export interface Backend {
  readSeat(seat: string): Promise<Got<Json>>;
  listNumbers(seat: string): Promise<Got<Json>>;
  logReading(reading: object, key: string | undefined): Promise<Got<Json>>;
  raiseIssue(issue: object, key: string | undefined): Promise<Got<Json>>;
}

/** A refusal is an answer of the tool, in a sentence, so that the agent can mend what it sent. */
async function resultOf(work: Promise<Got<Json>>): Promise<CallToolResult> {
  const found = await work;
  if ('problem' in found) {
    const { detail, errors = [] } = found.problem;
    const more = errors.map((e) => e.detail).filter((sentence) => !detail.includes(sentence));
    return { isError: true, content: [{ type: 'text', text: [detail, ...more].join(' ') }] };
  }
  return {
    content: [{ type: 'text', text: JSON.stringify(found.value) }],
    // Guarantee of the cast: every answer of the API is an object.
    structuredContent: found.value as Record<string, unknown>,
  };
}

const seat = z.string().describe('Key of the seat, like claims');
const idempotency_key = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe(
    'The same key again gets the first result and changes nothing: send one when you may have to repeat',
  );

const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const;
/** A correction keeps what it corrects, and nothing is deleted; but twice is twice unless a key says otherwise. */
const ADDS = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
} as const;

const INSTRUCTIONS =
  'Coxswain keeps the operating rhythm around AI systems. A seat is one named job with an owner and a few numbers. Log your own numbers each period, and raise an issue when something is wrong: people are then asked.';

/** An MCP server with the tools of one machine. */
export function createMcpServer(backend: Backend, version: string): McpServer {
  const server = new McpServer(
    { name: 'coxswain', title: 'Coxswain', version },
    { instructions: INSTRUCTIONS, maxToolInputElements: 100 },
  );
  server.registerTool(
    'list_numbers',
    {
      title: 'List the numbers of a seat',
      description:
        'The numbers of a seat with their targets, newest readings and status. A value or status that is not there is null.',
      inputSchema: { seat },
      outputSchema: numbersSchema,
      annotations: READS,
    },
    (args) => resultOf(backend.listNumbers(args.seat)),
  );
  server.registerTool(
    'read_seat',
    {
      title: 'Read a seat',
      description: 'What a seat is accountable for, who owns it, how ready it is, and its open issues.',
      inputSchema: { seat },
      outputSchema: seatSchema,
      annotations: READS,
    },
    (args) => resultOf(backend.readSeat(args.seat)),
  );
  server.registerTool(
    'log_reading',
    {
      title: 'Log a reading',
      description:
        'Logs one value of a number. Without a period it is for the one that is awaited. A value for a period that has one corrects it; a red one opens an issue.',
      inputSchema: {
        seat,
        metric: z.string().describe('Key of the number, like acceptance'),
        value: z.number(),
        period: z.string().optional().describe('2026-W47, 2026-11-20 or 2026-11, as the number’s cadence is'),
        note: z.string().optional().describe('What people should know about this value'),
        idempotency_key,
      },
      annotations: ADDS,
    },
    ({ idempotency_key: key, ...reading }) => resultOf(backend.logReading(reading, key)),
  );
  server.registerTool(
    'raise_issue',
    {
      title: 'Raise an issue',
      description: 'Raises an issue of a seat. Its owners are pinged until somebody acknowledges it.',
      inputSchema: {
        seat,
        title: z.string().describe('What is wrong, in one line'),
        detail: z.string().optional(),
        severity: z.number().int().min(1).max(4).optional().describe('1 critical to 4 low; 3 when left out'),
        kind: z.enum(ISSUE_KINDS).optional(),
        metric: z.string().optional().describe('Key of the number that it is about'),
        link: z.string().optional(),
        idempotency_key,
      },
      annotations: ADDS,
    },
    ({ idempotency_key: key, ...issue }) => resultOf(backend.raiseIssue(issue, key)),
  );
  return server;
}
