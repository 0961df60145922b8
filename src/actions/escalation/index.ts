export { type NewRound, policyOf, startRound } from './start.ts';
export { stepEscalation } from './step.ts';
export { skipUnreachable } from './unreachable.ts';
