import type { Rule } from '../../domain/calendar.ts';
import { parseSchedule } from '../../domain/schedule.ts';
import { parseZone } from '../../domain/zone-name.ts';

/** A weekly rule and its zone, as typed; `zone` is used when none was. Throws `invalid` with an example. */
export function weeklyRule(when: string, zone: string, example: string): { rule: Rule; zone: string } {
  const { rule, zone: typed } = parseSchedule(when, { weekly: true, example });
  return { rule, zone: parseZone(typed ?? zone) };
}
