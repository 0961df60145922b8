import type { Token } from '../../db/tokens.ts';
import type { Caller } from '../api/endpoint.ts';
import { raiseIssue } from '../api/endpoints/issues.ts';
import { logBody } from '../api/endpoints/readings.ts';
import { listNumbers, readSeat } from '../api/endpoints/seats.ts';
import { type Got, problemOf } from '../api/problem.ts';
import type { App } from '../context.ts';
import type { Json } from '../ui/card.ts';
import type { Backend } from './tools.ts';

/** The tools within this process, for who holds the token. */
export function localBackend(app: App, token: Token): Backend {
  const caller = (key?: string): Caller => ({ app, token, ...(key === undefined ? {} : { key }) });
  const told = async (work: Promise<Got<Json>>): Promise<Got<Json>> => {
    try {
      return await work;
    } catch (error) {
      return { problem: problemOf(error, app.log, '/mcp') };
    }
  };
  return {
    readSeat: (seat) => told(readSeat(caller(), seat)),
    listNumbers: (seat) => told(listNumbers(caller(), seat)),
    logReading: (reading, key) => told(logBody(caller(key), reading)),
    raiseIssue: (issue, key) => told(raiseIssue(caller(key), issue)),
  };
}
