export const PRIORITY_STATES = ['open', 'done', 'dropped'] as const;
export type PriorityState = (typeof PRIORITY_STATES)[number];

/** At most so many for one seat and quarter. */
export const MOST_PRIORITIES = 7;
