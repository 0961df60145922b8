import { describe, expect, test } from 'vitest';
import { readMapping } from '../../src/imports/read.ts';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, press, type } from './crew.ts';

const CSV = [
  'No;Name;What for;Impact;Above',
  '1;Letters;"=Writes; letters";Severe;3',
  '2;Chat;Talks;odd;',
  '3;House;Holds both;None;',
  ';;;;',
].join('\r\n');
const MAP = `
source: hr
id: No
fields:
  name: Name
  accountability: What for
  risk: { column: Impact, values: { Severe: high, None: low } }
  parent: Above
`;

describe.each(ENGINES)('an inventory in chat, %s', (engine) => {
  test('it is looked at, imported by a button, and the same message shows what it did', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'eli', 'seat import')).text).toContain('You may not do this. A governor');
    const form = (await type(c, 'ana', 'seat import')).modal;
    const csv = {
      name: 'HR list (May).csv',
      content: Buffer.from(CSV.replace('Chat', 'Caf\u00e9'), 'latin1'),
    };
    const wrong = { name: 'map.yml', content: MAP.replace('Name', 'Nmae') };
    const { errors } = await form.fill({ 'CSV file': csv, Mapping: wrong }).submit();
    expect(errors['Mapping']).toContain(
      'Line 5, column 9: the file has no column “Nmae”. The nearest one is “Name”.',
    );
    await form.fill({ 'CSV file': csv, Mapping: { name: 'map.yml', content: MAP } }).submit();
    await c.settle();
    const shown = () => c.slack.dm('ana').last();
    expect(shown().text).toContain('HR list (May).csv: what an import would do');
    expect(shown().text).toContain(
      'Read as Windows-1252, since it is not valid UTF-8, with a semicolon between the cells.',
    );
    expect(shown().text).toContain('New seats without a channel report');
    expect(shown().text).toContain(
      '4 rows: 2 to create, 0 to change, 0 unchanged, 1 left out, 1 with a fault.',
    );
    expect(shown().text).toContain('row 3: risk: “odd” is not among the “values” of the mapping.');
    expect((await type(c, 'cem', 'seat list')).text).not.toContain('House');

    await press(c, 'ana', shown(), 'Report');
    await c.settle();
    const [id] = c.slack
      .dm('ana')
      .messages()
      .flatMap((m) => m.raw.files ?? []);
    const file = c.slack.state.files.get(id!)!;
    expect(file.name).toBe('HR-list-May-report.csv');
    expect(file.bytes.toString().split('\r\n').slice(0, 5)).toEqual([
      '\uFEFFrow,outcome,seat,id,changes,kept,notes',
      ',file,,,,,"HR list (May).csv: Read as Windows-1252, since it is not valid UTF-8, with a semicolon between the cells."',
      expect.stringMatching(/^,file,,,,,.*New seats without a channel report (?:nowhere|in #)/),
      '2,create,letters,1,,,',
      expect.stringMatching(/^3,fault,,,,,"risk: “odd”/),
    ]);

    const posted = () =>
      c.slack
        .dm('ana')
        .messages()
        .filter((m) => !m.ephemeral);
    const before = posted().length;
    const preview = c.slack
      .dm('ana')
      .messages()
      .find((m) => m.text.includes('to create'))!;
    await press(c, 'ana', preview, 'Import 2 rows');
    await c.settle();
    expect(posted()).toHaveLength(before);
    const done = c.slack
      .dm('ana')
      .messages()
      .find((m) => m.text.includes('is imported'))!;
    expect(done.text).toContain('4 rows: 2 created, 0 changed, 0 unchanged, 1 left out, 1 with a fault.');
    expect((await type(c, 'cem', 'seat show letters')).text).toContain('House');

    // The same file again has nothing to do.
    await (
      await type(c, 'ana', 'seat import')
    ).modal
      .fill({ 'CSV file': csv, Mapping: { name: 'map.yml', content: MAP } })
      .submit();
    await c.settle();
    expect(shown().text).toContain('2 unchanged');
    expect(shown().text).toContain('There is nothing to import.');
  });

  test('the mapping says the encoding, in chat as on the command line', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'ana', 'seat import')).modal;
    const content = Buffer.from(CSV.replace('Chat', 'D\u00fcse'), 'latin1');
    const mapping = { name: 'map.yml', content: `${MAP}encoding: iso-8859-2\n` };
    await form.fill({ 'CSV file': { name: 'hr.csv', content }, Mapping: mapping }).submit();
    await c.settle();
    expect(c.slack.dm('ana').last().text).toContain('Read as iso-8859-2, as the mapping says');
  });

  test('what cannot be an inventory is answered beside the file, in a sentence', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'ana', 'seat import')).modal;
    const mapping = { name: 'map.yml', content: MAP };
    const answer = async (name: string, content: string | Uint8Array) => {
      const { errors } = await form.fill({ 'CSV file': { name, content }, Mapping: mapping }).submit();
      return errors['CSV file'];
    };
    const picture = Buffer.from('\u0089PNG\r\n\u001a\n\0\0', 'latin1');
    expect(await answer('shot.csv', picture)).toBe(
      'shot.csv is a picture, not a CSV file. Save the table as CSV, and give that.',
    );
    expect(await answer('shot.png', picture)).toBe(
      'shot.png is no .csv, .tsv or .txt file. Choose one that is.',
    );
    expect(await answer('hr.xlsx', 'PK\u0003\u0004')).toBe(
      'hr.xlsx is no .csv, .tsv or .txt file. Save its table as CSV, and choose that.',
    );
    expect(await answer('hr.csv', 'PK\u0003\u0004')).toBe(
      'hr.csv is a workbook, not a CSV file. Save the table as CSV, and give that.',
    );
    expect(await answer('hr.csv', '')).toBe(
      'There is nothing in hr.csv. Save the table as CSV again, and give that.',
    );
    expect(await answer('towns.csv', 'Town,People\nUlm,126000\n')).toContain(
      'Its columns are: Town; People. Give the file that the mapping is for',
    );
    expect(await answer('hr.csv', `No;Name;What for;Impact;Above\n1;"Letters;x;None;\n`)).toContain(
      'Row 2: a quote is opened and never closed',
    );
  });

  test('without a mapping there is one to begin with', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'ana', 'seat import')).modal;
    await form.fill({ 'CSV file': { name: 'inventory.csv', content: CSV } }).submit();
    await c.settle();
    const [id] = c.slack
      .dm('ana')
      .messages()
      .flatMap((m) => m.raw.files ?? []);
    const file = c.slack.state.files.get(id!)!;
    expect(file.name).toBe('mapping.yml');
    expect(readMapping(file.bytes.toString()).mapping.fields.name).toEqual({ column: 'Name' });
  });

  test('on Teams both are pasted', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    const [form] = await c.say('ana', chat('ana'), 'seat import');
    await c.press('ana', form!, 'Look at it', { file: CSV, mapping: MAP });
    await c.settle();
    const preview = c.shown(chat('ana')).find((m) => m.buttons.includes('Import 2 rows'));
    expect(preview!.text).toContain('4 rows: 2 to create');
    expect(preview!.text).toContain('Pasted table: what an import would do');
    expect(preview!.text).toContain('Read as it was pasted, with a semicolon between the cells.');
    await c.press('ana', preview!, 'Import 2 rows', {});
    await c.settle();
    expect(c.shown(chat('ana')).some((m) => m.text.includes('2 created'))).toBe(true);
  });
});
