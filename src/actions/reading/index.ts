export { MOST_READINGS, readingInput } from './input.ts';
export { logReadings } from './log.ts';
