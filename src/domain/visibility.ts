/** Who may see a seat, or elsewhere what reports in a channel. Each word lets fewer people see than the one before. */
export const VISIBILITIES = ['everyone', 'people', 'governors'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Whether `a` lets fewer people see than `b`. */
export const isStricter = (a: Visibility, b: Visibility): boolean =>
  VISIBILITIES.indexOf(a) > VISIBILITIES.indexOf(b);

/** A seat is at least as hidden as the channel in which it reports. */
export const stricter = (a: Visibility, b: Visibility): Visibility => (isStricter(a, b) ? a : b);

/** A seat as far as it counts for who may see it. */
export interface Restricted {
  readonly visibility: Visibility;
  /** Where it reports. */
  readonly channel: string | null;
  /** Of that channel; `everyone` where it reports nowhere. */
  readonly channelVisibility: Visibility;
}

/** Where something is posted, as far as it counts for what may stand there. */
export interface Place {
  readonly id: string;
  readonly visibility: Visibility;
  /** Escalations end here. */
  readonly governance: boolean;
}

/**
 * Whether a seat may be shown in a channel. Whoever is in a restricted channel reads what reports there, unless the
 * seat itself is for fewer people. A governance channel for governors shows every seat. Elsewhere only what everyone
 * may see is shown.
 */
export function mayShowIn(seat: Restricted, place: Place): boolean {
  if (stricter(seat.visibility, seat.channelVisibility) === 'everyone') return true;
  if (place.governance && place.visibility === 'governors') return true;
  return seat.channel === place.id && !isStricter(seat.visibility, place.visibility);
}

/** For sentences: who may see it. */
export const VISIBLE_TO: Readonly<Record<Visibility, string>> = {
  everyone: 'Everyone in the organisation sees it.',
  people: 'Its people, governors and admins see it.',
  governors: 'Its owners, who is asked about its issues, governors and admins see it.',
};

/** For sentences: who may see what reports in a channel. Whoever is in a channel that is not for everyone reads it there. */
export const CHANNEL_VISIBLE_TO: Readonly<Record<Visibility, string>> = {
  everyone: 'Everyone in the organisation sees it, as far as the seats themselves are for everyone.',
  people: 'Who is in this channel, and elsewhere only the people of each seat, governors and admins.',
  governors:
    'Who is in this channel, and elsewhere only the owners of each seat, who is asked about its issues, governors and admins.',
};
