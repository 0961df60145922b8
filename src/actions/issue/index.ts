export { acknowledgeIssue } from './acknowledge.ts';
export { type NewSignal, addSignal, channelPost } from './evidence.ts';
export { type NewIssue, type Opened, openIssue } from './open-issue.ts';
export { newIssue } from './open.ts';
export { settleIssue } from './settle.ts';
export { settleMissing } from './settle-missing.ts';
export { signalDrift } from './signal.ts';
export { solveIssue } from './solve.ts';
