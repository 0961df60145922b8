import { type AnyAction } from '../src/actions/action.ts';
import { perform } from '../src/actions/perform.ts';
import type { App } from '../src/context.ts';

/** Runs an action as a schedule. The key makes every occurrence one, in however many copies it is found. */
export const performAsJob = (
  app: App,
  job: string,
  org: string,
  action: AnyAction,
  input: unknown,
  key: string,
): Promise<unknown> =>
  perform({ ...app, org, actor: { kind: 'schedule', job } }, action, input, `${job}:${key}`);
