import { changeSettings } from '../../src/actions/org/index.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { KEPT, TERMS } from '../../src/domain/retention.ts';
import { formatSchedule } from '../../src/domain/schedule.ts';
import { loadSettings } from '../../src/queries/org-settings.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { Filled, FormSpec } from '../form.ts';
import type { Asked } from '../command.ts';
import { toMe } from '../reply.ts';
import { shownSettings } from '../settings.ts';
import { texts } from './fields.ts';

const submit = async (asked: Asked, _args: unknown, filled: Filled) => {
  await perform(asked, changeSettings, { ...filled });
  return toMe(await shownSettings(asked));
};

/** Name, zone and the usual time of digests. */
export const settingsEditForm: FormSpec = {
  name: 'settings.edit',
  args: texts,
  async open(asked) {
    await assertMay(asked, changeSettings, {});
    const view = await loadSettings(asked.store.read, asked.org);
    return {
      name: 'settings.edit',
      args: {},
      title: 'Settings',
      submit: 'Save',
      items: [
        { kind: 'text', name: 'name', label: 'Name of the organisation', initial: view.name, max: 80 },
        {
          kind: 'text',
          name: 'zone',
          label: 'Time zone',
          hint: 'For what has no zone of its own. What has one keeps it.',
          initial: view.zone,
        },
        {
          kind: 'text',
          name: 'digest',
          label: 'Usual time of digests',
          hint: 'For channels that are set from now on without a time.',
          initial: formatSchedule(view.digest, '').trim(),
        },
      ],
    };
  },
  submit,
};

/** For how many days what is kept. */
export const settingsKeptForm: FormSpec = {
  name: 'settings.kept',
  args: texts,
  async open(asked) {
    await assertMay(asked, changeSettings, {});
    const { retention } = await loadSettings(asked.store.read, asked.org);
    return {
      name: 'settings.kept',
      args: {},
      title: 'What is kept',
      submit: 'Save',
      items: [
        {
          kind: 'hint',
          body: paragraph('Days. Readings, scores, issues and the audit log are never forgotten by age.'),
        },
        ...KEPT.map(
          (kept) =>
            ({
              kind: 'number',
              name: kept,
              label: `${TERMS[kept].what[0]!.toUpperCase()}${TERMS[kept].what.slice(1)}`.slice(0, 80),
              hint: `At least ${TERMS[kept].least}: ${TERMS[kept].because}.`,
              initial: String(retention[kept]),
            }) as const,
        ),
      ],
    };
  },
  submit,
};
