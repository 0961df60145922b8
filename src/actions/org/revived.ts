import { HOUR } from '../../clock.ts';

/** What could not be posted for longer than this is not news any more. */
export const REVIVED = 36 * HOUR;
