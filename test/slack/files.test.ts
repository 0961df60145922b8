import type { ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { SubmitReply } from '../../src/platforms/platform.ts';
import { renderForm } from '../../src/platforms/slack/form.ts';
import { FILE_BYTES, type Form, type RawValues } from '../../src/ui/form.ts';
import { sampleNames } from '../support/sample-cards.ts';
import { type Slack, type World, withSlack } from './stand-in.ts';
import { fakeState } from './state.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const form: Form = {
  name: 'reading.import',
  args: { seat: 'claims' },
  title: 'Bring numbers in',
  submit: 'Read',
  items: [
    { kind: 'text', name: 'note', label: 'Note', initial: 'from the warehouse' },
    { kind: 'file', name: 'weeks', label: 'Numbers', types: ['csv'] },
  ],
};

const CHOSEN = { 'field:weeks': { file: { type: 'file_input', files: [{ id: 'F1' }] } } };
let submissions = 0;
const submission = (values: object = CHOSEN) => {
  const view = renderForm(form, { names: sampleNames, from: {}, strict: true });
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 'acme' },
    user: { id: 'U0ANA', name: 'ana', username: 'ana', team_id: 'T1' },
    trigger_id: `f.${(submissions += 1)}`,
    view: { ...view, id: 'V1', hash: '1.a', state: { values: { ...fakeState(view), ...values } } },
  };
};

/** Slack knows a file F1, and hands these bytes over to who brings the token. */
function holding(s: Slack, bytes: Buffer, more: object = {}): { token: string | undefined } {
  const asked: { token: string | undefined } = { token: undefined };
  const file = {
    id: 'F1',
    name: 'weeks.csv',
    size: bytes.length,
    url_private: `${s.api.origin}/files-pri/F1`,
  };
  s.api.answer('files.info', { ok: true, file: { ...file, ...more } });
  s.api.answer('files-pri/F1', (req, res) => {
    asked.token = req.headers.authorization;
    res.end(bytes);
  });
  return asked;
}

const given = (s: Slack) => s.asked.find(({ what }) => what === 'submit')?.args[3] as RawValues | undefined;
const beside = (sentence: string) => ({ response_action: 'errors', errors: { 'field:weeks': sentence } });

it('a chosen file is the answer of its field, with its name and as it is', async () => {
  const s = await open();
  const wide = Buffer.from([0xff, 0xfe, ...Buffer.from('week;85\n', 'utf16le')]);
  const asked = holding(s, wide);
  await s.interact(submission());
  expect(given(s)).toEqual({ note: 'from the warehouse', weeks: { name: 'weeks.csv', bytes: wide } });
  expect(asked.token).toBe('Bearer xoxb-test');
});

it('without a file there is no answer, and nothing is fetched', async () => {
  const s = await open();
  await s.interact(submission({}));
  expect(given(s)).toEqual({ note: 'from the warehouse', weeks: null });
  expect(s.api.calls.map(({ method }) => method)).not.toContain('files.info');
});

it.each([
  [
    'another kind of file',
    { name: 'weeks.xlsx' },
    'weeks.xlsx is no .csv file. Save its table as CSV, and choose that.',
  ],
  [
    'too large by its size',
    { size: 9 * 1024 * 1024 },
    'This file has 9.0 MB, and at most 5 are taken. Please split it.',
  ],
])('%s is refused beside the field, unread', async (_, more, sentence) => {
  const s = await open();
  const asked = holding(s, Buffer.from('week;85'), more);
  expect((await s.interact(submission())).body).toEqual(beside(sentence));
  expect([given(s), asked.token]).toEqual([undefined, undefined]);
});

it('a file that is larger than Slack said is given up', async () => {
  const s = await open();
  holding(s, Buffer.alloc(FILE_BYTES + 100_000, 'x'), { size: 10 });
  const { body } = await s.interact(submission());
  expect(body).toMatchObject({ response_action: 'errors' });
  expect(given(s)).toBeUndefined();
});

const NOT_HANDED_OVER =
  'Slack did not hand this file over. Please submit again, or choose the file once more.';

it('the token goes to no other host', async () => {
  const elsewhere = await withSlack();
  const s = await open();
  const asked = holding(s, Buffer.from('week;85'), { url_private: `${elsewhere.api.origin}/files-pri/F1` });
  expect((await s.interact(submission())).body).toEqual(beside(NOT_HANDED_OVER));
  expect(asked.token).toBeUndefined();
  expect(elsewhere.api.calls.map(({ method }) => method)).not.toContain('files-pri/F1');
  await elsewhere.close();
});

it.each<[string, (res: ServerResponse) => void]>([
  ['a page for logging in', (res) => res.writeHead(302, { location: '/login' }).end()],
  ['an error', (res) => res.writeHead(500).end()],
  ['a broken connection', (res) => res.destroy()],
])('%s in its place keeps the form open with a sentence', async (_, answer) => {
  const s = await open();
  s.api.answer('files.info', {
    ok: true,
    file: { id: 'F1', name: 'weeks.csv', size: 7, url_private: `${s.api.origin}/files-pri/F1` },
  });
  s.api.answer('files-pri/F1', (_req, res) => answer(res));
  expect((await s.interact(submission())).body).toEqual(beside(NOT_HANDED_OVER));
  expect(given(s)).toBeUndefined();
});

it('a file that takes long keeps the form open, with what was typed; the result follows there', async () => {
  const decided: SubmitReply = { kind: 'done', say: 'Read.' };
  const s = await open({
    config: { budgets: { answer: 5, form: 5 } },
    inbound: { submit: async () => decided },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  s.api.answer('files.info', {
    ok: true,
    file: { id: 'F1', name: 'weeks.csv', size: 7, url_private: `${s.api.origin}/files-pri/F1` },
  });
  s.api.answer('files-pri/F1', (_req, res) => void promise.then(() => res.destroy()));
  const { body } = await s.interact(submission());
  expect(body).toMatchObject({ response_action: 'update' });
  expect(JSON.stringify(body)).toContain('from the warehouse');
  const updated = s.api.next('views.update');
  resolve();
  const view = JSON.stringify((await updated).args);
  expect(view).toContain(NOT_HANDED_OVER);
  expect(view).toContain('from the warehouse');
});
