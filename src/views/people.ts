import { z } from 'zod';
import { seatByKey } from '../../db/seats.ts';
import { absenceOfCard } from '../cards/absence.ts';
import { returnedCard } from '../cards/returned.ts';
import { ROLES } from '../domain/person.ts';
import { loadAbsenceOf } from '../queries/absence.ts';
import { defineView } from './view.ts';

/** To who stands in for somebody, or to who was set away by somebody else. */
export const absenceView = defineView({
  args: z.object({ person: z.string(), since: z.number(), reader: z.string(), by: z.string().optional() }),
  stillAsks: async (app, org, args) => {
    const view = await loadAbsenceOf(app.store.read, org, args, app.clock.now());
    return view?.until !== undefined && (view.self || view.standsIn);
  },
  async draw(app, org, args) {
    const view = await loadAbsenceOf(app.store.read, org, args, app.clock.now());
    return view === undefined ? undefined : absenceOfCard(view);
  },
});

/** To whoever is a member again: which roles were taken meanwhile. */
export const returnedView = defineView({
  args: z.object({ seats: z.array(z.string()), role: z.enum(ROLES), guest: z.boolean() }),
  async draw(app, org, { seats, role, guest }) {
    const owned = seats.map((text) => ({ key: text.split(':')[0]!, role: text.split(':')[1] ?? '' }));
    // A seat may be hidden from them by now.
    const seen = await Promise.all(owned.map(({ key }) => seatByKey(app.store.read, org, key)));
    return returnedCard({ seats: owned.filter((_, at) => seen[at] !== undefined), role, guest });
  },
});
