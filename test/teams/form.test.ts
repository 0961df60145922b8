import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderForm } from '../../src/platforms/teams/form.ts';
import { LIMITS, bytes } from '../../src/platforms/teams/limits.ts';
import { channelRef, readStamp, readValues } from '../../src/platforms/teams/submission.ts';
import { type Form, fieldsOf, refill } from '../../src/ui/form.ts';
import { sampleForms, sampleNames } from '../support/sample-cards.ts';
import { anyForm } from './generate.ts';
import { complaints } from './microsoft.ts';

const options = {
  names: sampleNames,
  channels: [],
  people: new Map([['aad-7', 'Kim']]),
  pictureUrl: () => undefined,
};
const dialog = (form: Form) => renderForm(form, { ...options, shell: 'dialog' });

describe('samples', () => {
  test.each(Object.entries(sampleForms))('%s as dialog and inline', async (name, form) => {
    for (const shell of ['dialog', 'inline'] as const) {
      const rendered = renderForm(form, { ...options, shell, check: true });
      expect(complaints(rendered)).toEqual([]);
      await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot(
        `../golden/teams/form-${name}-${shell}.json`,
      );
    }
  });

  test('no golden file is left over', () => {
    const files = readdirSync(new URL('../golden/teams', import.meta.url)).filter((f) =>
      f.startsWith('form-'),
    );
    const wanted = Object.keys(sampleForms).flatMap((name) => [
      `form-${name}-dialog.json`,
      `form-${name}-inline.json`,
    ]);
    expect(files.toSorted()).toEqual(wanted.toSorted());
  });
});

test('any form is valid, within 28 KB, and asks every question', () => {
  fc.assert(
    fc.property(anyForm, fc.constantFrom('dialog' as const, 'inline' as const), (form, shell) => {
      const rendered = renderForm(form, { ...options, shell, errors: { f_0: 'Not so.', _: 'Nor so.' } });
      expect(complaints(rendered)).toEqual([]);
      expect(bytes(rendered)).toBeLessThanOrEqual(LIMITS.cardBytes);
      const ids = (rendered['body'] as { id?: string }[]).flatMap((item) => item.id ?? []);
      expect(ids.filter((id) => id.startsWith('f_'))).toEqual(fieldsOf(form).map((field) => field.name));
    }),
    { numRuns: 200 },
  );
});

describe('a submission', () => {
  const everything: Form = {
    name: 'all',
    args: { seat: 'claims' },
    title: 'All',
    submit: 'Send',
    items: [
      { kind: 'text', name: 'text', label: 'Text' },
      { kind: 'number', name: 'number', label: 'Number' },
      { kind: 'select', name: 'select', label: 'Select', options: [{ value: 'a,b c', label: 'A' }] },
      {
        kind: 'multi_select',
        name: 'multi',
        label: 'Multi',
        options: [
          { value: 'x,y', label: 'X' },
          { value: 'z', label: 'Z' },
        ],
      },
      { kind: 'yes_no', name: 'yes', label: 'Yes' },
      { kind: 'person', name: 'who', label: 'Who' },
      { kind: 'people', name: 'all', label: 'All' },
      { kind: 'channel', name: 'where', label: 'Where' },
      { kind: 'date', name: 'on', label: 'On', optional: true },
    ],
  };
  const action = (dialog(everything)['actions'] as { data: Record<string, unknown> }[])[0];
  const submit = (typed: Record<string, unknown>) => {
    const data = { ...action?.data, ...typed };
    const stamp = readStamp(data);
    return stamp === undefined ? undefined : { stamp, raw: readValues(stamp, data) };
  };

  test('comes back as it was typed and picked', () => {
    expect(
      submit({
        text: ' as typed ',
        number: '2,5',
        select: 'a%2Cb%20c',
        multi: 'x%2Cy,z',
        yes: 'true',
        who: 'aad-1',
        all: 'aad-1,aad-2',
        where: 'https://teams.microsoft.com/l/channel/19%3Aabc%40thread.tacv2/General?groupId=1',
      }),
    ).toMatchObject({
      stamp: { name: 'all', args: { seat: 'claims' } },
      raw: {
        text: ' as typed ',
        number: '2,5',
        select: 'a,b c',
        multi: ['x,y', 'z'],
        yes: true,
        who: '<@aad-1>',
        all: ['<@aad-1>', '<@aad-2>'],
        where: '<#19:abc@thread.tacv2>',
        on: null,
      },
    });
  });

  test('with errors shows the sentence beside the question and what was typed', () => {
    const typed = submit({
      text: 'kept',
      number: 'a lot',
      select: 'a%2Cb%20c',
      multi: 'z',
      who: 'aad-7',
      yes: 'true',
    });
    const again = renderForm(refill(everything, typed?.raw ?? {}), {
      ...options,
      shell: 'dialog',
      errors: { number: 'A number is needed, such as 2.5.' },
    });
    const body = again['body'] as readonly Record<string, unknown>[];
    const at = body.findIndex((item) => item['id'] === 'number');
    expect(body[at]).toMatchObject({ value: 'a lot' });
    expect(body[at + 1]).toMatchObject({ text: 'A number is needed, such as 2.5.', color: 'Attention' });
    expect(body.find((item) => item['id'] === 'text')).toMatchObject({ value: 'kept' });
    expect(body.find((item) => item['id'] === 'select')).toMatchObject({ value: 'a%2Cb%20c' });
    expect(body.find((item) => item['id'] === 'who')).toMatchObject({
      value: 'aad-7',
      choices: [{ title: 'Kim', value: 'aad-7' }],
    });
    expect(body.find((item) => item['id'] === 'yes')).toMatchObject({ value: 'true' });
  });

  test('that was made up is refused', () => {
    expect(readStamp(undefined)).toBeUndefined();
    expect(readStamp({ 'coxswain:form': { name: 7 } })).toBeUndefined();
    expect(
      readStamp({ 'coxswain:form': { name: 'a', kinds: { __proto__x: 'text', 'not ok!': 'text' } } }),
    ).toBeUndefined();
  });

  test('cannot smuggle a mention into a reference', () => {
    expect(submit({ who: 'aad-1> <@aad-2' })?.raw['who']).toBe('<@aad-1@aad-2>');
    expect(channelRef('  19:plain@thread.tacv2 ')).toBe('19:plain@thread.tacv2');
  });
});
