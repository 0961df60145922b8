import { platformName } from '../domain/person.ts';
import type { MySettings } from '../queries/settings.ts';
import { type Card, buttons, card, commandButton, facts, formButton } from '../ui/card.ts';

/** What a person set for themselves, each with what it means. */
export const settingsCard = ({ zone, hours, country, primary, platforms }: MySettings): Card =>
  card(
    'My settings',
    [
      facts(
        ['Time zone', zone],
        ['Working hours', hours],
        ['Public holidays', country ?? 'none'],
        ['Direct messages', platformName(primary)],
        ['Accounts', platforms.map(platformName).join(', ')],
      ),
      buttons(
        formButton('Change', 'person.settings', {}),
        formButton('Away', 'person.away', {}),
        ...(platforms.length > 1 ? [] : [commandButton('Link another account', 'me link')]),
      ),
    ],
    { rest: 'me settings' },
  );
