import { setOwn } from '../../src/actions/person/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { settingsCard } from '../../src/cards/settings.ts';
import { hoursText } from '../../src/domain/hours-text.ts';
import { PLATFORMS, platformName } from '../../src/domain/person.ts';
import { loadMySettings } from '../../src/queries/settings.ts';
import type { Field } from '../../src/ui/form.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { texts } from './fields.ts';

/** Where somebody has several accounts, they choose which one gets direct messages. */
const primaryField = (on: readonly string[], primary: string): Field[] =>
  on.length < 2
    ? []
    : [
        {
          kind: 'select',
          name: 'primary',
          label: 'Direct messages',
          options: PLATFORMS.map((value) => ({ value, label: platformName(value) })),
          initial: primary,
        },
      ];

export const personSettingsForm: FormSpec = {
  name: 'person.settings',
  args: texts,
  open: async ({ store, org, me }) => {
    const { platforms } = await loadMySettings(store.read, org, me.id);
    return {
      name: 'person.settings',
      args: {},
      title: 'My settings',
      submit: 'Save',
      items: [
        {
          kind: 'text',
          name: 'zone',
          label: 'Time zone',
          hint: 'Like Europe/Berlin.',
          initial: me.zone,
          max: 60,
        },
        {
          kind: 'text',
          name: 'hours',
          label: 'Working hours',
          hint: 'Like 9-17 mon-fri; “always” for any time. Outside of them you are asked only what cannot wait.',
          initial: hoursText(me.hours),
          max: 80,
        },
        {
          kind: 'text',
          name: 'country',
          label: 'Public holidays',
          hint: 'Two letters, like DE, or with the part of it, like DE-BY; “none” for none.',
          initial: me.country ?? 'none',
          max: 20,
        },
        ...primaryField(platforms, me.primaryPlatform),
      ],
    };
  },
  async submit(asked, _args, filled) {
    await perform(asked, setOwn, filled);
    return toMe(settingsCard(await loadMySettings(asked.store.read, asked.org, asked.me.id)));
  },
};
