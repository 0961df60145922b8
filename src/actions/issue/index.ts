export { acknowledgeIssue } from './acknowledge.ts';
export { newIssue } from './open.ts';
export { settleMissing } from './settle-missing.ts';
export { signalDrift } from './signal.ts';
export { solveIssue } from './solve.ts';
