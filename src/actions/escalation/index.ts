export { stepEscalation } from './step.ts';
export { skipUnreachable } from './unreachable.ts';
