import { text } from '../../page/shared/json.ts';
import { botShape, botUserShape, personShape } from '../shapes.ts';
import { botId, botName, originOf, type State } from '../state.ts';
import { type Answer, done, fail, type Method, missing, page, reads, writes } from './method.ts';

const authTest = (state: State): Answer =>
  done({
    // What Coxswain puts behind it, `archives/C1/p1`, the page follows.
    url: `${originOf(state)}/sandbox#/`,
    team: state.setup.team.name,
    team_id: state.setup.team.id,
    user: botName(state).toLowerCase(),
    user_id: state.setup.botUserId,
    bot_id: botId(state),
    is_enterprise_install: state.setup.whole?.() === true,
    ...(state.setup.enterprise === undefined ? {} : { enterprise_id: state.setup.enterprise.id }),
  });

export const people: Readonly<Record<string, Method>> = {
  'api.test': writes('', (_, args) => done({ args })),
  'auth.test': writes('', authTest),
  'team.info': reads('team:read', (state) =>
    done({ team: { id: state.setup.team.id, name: state.setup.team.name, domain: 'sandbox' } }),
  ),
  'bots.info': reads('users:read', (state, args) =>
    text(args['bot']) === botId(state)
      ? done({ bot: { ...botShape(state), user_id: state.setup.botUserId } })
      : fail('bot_not_found'),
  ),
  'users.info': reads('users:read', (state, args) => {
    const id = text(args['user']);
    if (id === '') return missing('user');
    if (id === state.setup.botUserId) return done({ user: botUserShape(state) });
    const person = state.people.get(id);
    return person === undefined ? fail('user_not_found') : done({ user: personShape(state, person) });
  }),
  'users.list': reads('users:read', (state, args) => {
    const all = [...[...state.people.values()].map((p) => personShape(state, p)), botUserShape(state)];
    const { items, cursor } = page(all, args, 200);
    return done({ members: items, response_metadata: { next_cursor: cursor } });
  }),
  'users.lookupByEmail': reads('users:read.email', (state, args) => {
    const email = text(args['email']).toLowerCase();
    if (email === '') return missing('email');
    const person = [...state.people.values()].find(
      (p) => p.email.toLowerCase() === email && !state.gone.has(p.id),
    );
    return person === undefined ? fail('users_not_found') : done({ user: personShape(state, person) });
  }),
};
