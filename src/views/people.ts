import { z } from 'zod';
import { absenceOfCard } from '../cards/absence.ts';
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
