export { logReadings } from './log.ts';
