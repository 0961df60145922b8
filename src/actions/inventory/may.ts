import type { Scope, Verdict } from '../action.ts';
import { atLeast } from '../allow.ts';

/** Governors, and who has the machine: what they run on its command line is Coxswain's own. */
export const mayImport = (s: Scope<unknown>): Promise<Verdict> | Verdict =>
  s.actor.kind === 'schedule' ? { allowed: true, right: 'command line' } : atLeast('governor')(s);
