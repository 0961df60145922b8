/** What is kept for a while only, and for how long is a setting. Readings, scores, issues, decisions and the audit log are never forgotten by age. */
export const KEPT = ['followUps', 'deliveries', 'messages', 'slots', 'drafts', 'alerts'] as const;
export type Kept = (typeof KEPT)[number];

/** Days for each. */
export type Retention = Readonly<Record<Kept, number>>;

interface Term {
  /** Days unless an organisation says otherwise. */
  readonly days: number;
  /** Fewer would break what still needs it. */
  readonly least: number;
  /** What it is, for people. */
  readonly what: string;
  /** Why not fewer. */
  readonly because: string;
}

export const MOST_DAYS = 3650;

export const TERMS: Readonly<Record<Kept, Term>> = {
  followUps: {
    days: 90,
    least: 14,
    what: 'follow-ups that are done or failed',
    because: 'until then a repeated cause is seen as the same one',
  },
  deliveries: {
    days: 90,
    least: 7,
    what: 'attempts to send a message',
    because: 'they say whether an attempt may have arrived',
  },
  messages: {
    days: 365,
    least: 90,
    what: 'where a message stands on Slack or Teams, so that it can be updated',
    because: 'what is still on display must show the present state',
  },
  slots: {
    days: 365,
    least: 30,
    what: 'which digest or night was run when',
    because: 'a clock that is set back must not run them again',
  },
  drafts: {
    days: 30,
    least: 1,
    what: 'forms that were begun and not sent',
    because: 'somebody may go on tomorrow',
  },
  alerts: {
    days: 90,
    least: 14,
    what: 'fingerprints of alerts that have ended',
    because: 'an alert that comes again is the same issue',
  },
};

/** What holds for an organisation that differs from the defaults by `own`. */
export const retentionOf = (own: Partial<Retention> | null | undefined): Retention => {
  const days = (kept: Kept): number => own?.[kept] ?? TERMS[kept].days;
  return {
    followUps: days('followUps'),
    deliveries: days('deliveries'),
    messages: days('messages'),
    slots: days('slots'),
    drafts: days('drafts'),
    alerts: days('alerts'),
  };
};
