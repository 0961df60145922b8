import { describe, expect, test } from 'vitest';
import { builtinRubric, SEAT_RUBRIC } from '../../src/rubrics/builtin.ts';
import { readRubric } from '../../src/rubrics/read.ts';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { foundClaims, type } from './crew.ts';

const NAME = 'production-readiness-1.yaml';

describe.each(ENGINES)('a rubric as a file on Slack, %s', (engine) => {
  test('it comes as a direct message, and who asked elsewhere is told so', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const files = () =>
      c.slack
        .dm('bo')
        .messages()
        .flatMap((m) => m.raw.files ?? []);
    await type(c, 'bo', 'rubric export');
    await c.settle();
    const [id, ...more] = files();
    expect(more).toEqual([]);
    const file = c.slack.state.files.get(id!)!;
    expect([file.name, file.title]).toEqual([NAME, 'Production readiness, version 1']);
    expect(readRubric(file.bytes.toString())).toEqual(builtinRubric(SEAT_RUBRIC));
    const told = c.slack.as('bo').in('#claims-ai').last();
    expect(told.text).toContain(`${NAME} is in your direct messages with me.`);
    expect(told.ephemeral).toBe(true);

    const before = c.slack.dm('bo').messages().length;
    await c.slack.as('bo').dm().slash('rubric export');
    await c.settle();
    expect(c.slack.dm('bo').messages()).toHaveLength(before + 1);
  });

  test('when Slack does not take it, a sentence says so', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    c.slack.faults.next('files.completeUploadExternal', 1, { kind: 'error', error: 'internal_error' });
    await type(c, 'bo', 'rubric export');
    await c.settle();
    expect(c.slack.as('bo').in('#claims-ai').last().text).toContain(`Slack did not take ${NAME}.`);
  });
});
