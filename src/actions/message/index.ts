export { dropMessage } from './drop.ts';
export { sendAgain } from './retry.ts';
