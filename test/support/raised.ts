import { type Issue, commentsOf, issueByRef } from '../../db/issues.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import type { TestApp } from './app.ts';
import { addClaims, appoint } from './ship.ts';

export const LESSON = {
  cause: 'A new form.',
  fix: 'Taught it the form.',
  lesson: 'Forms change: ask the product team.',
};
export const SOLVED = { issue: 'CLAIMS-1', ...LESSON };

/** Bo is accountable for `claims`, Cem has its platform; Eli saw something: `CLAIMS-1`. */
export async function raised(app: TestApp, more: object = {}): Promise<void> {
  const seat = await addClaims(app, { channel: await app.channel('claims') });
  await appoint(app, 'cem', 'platform', seat);
  await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses hail', severity: 2, ...more });
}

export const named = async (app: TestApp, ref = 'CLAIMS-1'): Promise<Issue> =>
  (await issueByRef(app.app.store.read, app.org, ref))!;

/** What was said about it. */
export const said = async (app: TestApp, ref = 'CLAIMS-1'): Promise<string[]> =>
  (await commentsOf(app.app.store.read, app.org, (await named(app, ref)).id, 10)).map((c) => c.text);
