export { giveScore } from './give.ts';
