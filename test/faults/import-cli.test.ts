import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seatKeys } from '../../db/seats.ts';
import { createOrg } from '../../src/actions/org/index.ts';
import { importCommand } from '../../src/cli/import.ts';
import { loadConfig } from '../../src/config.ts';
import { CoxswainError } from '../../src/errors.ts';
import { deriveKeys } from '../../src/keys.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';

/** Another one than that of the organisations that tests have. */
const KEY = Buffer.alloc(32, 9).toString('base64');

const MAP = `
source: hr
id: No
fields: { name: Name, accountability: What for, risk: { column: Risk, values: { Bad: high } } }
`;
/** Windows-1252: 0xE4 is ä. */
const CSV = Buffer.from(
  'No;Name;What for;Risk\r\n1;Fr\u00e4ulein;"=Sorts;\r\nmail";Bad\r\n2;Chat;Talks;odd\r\n;;;\r\n',
  'latin1',
);

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'coxswain-import-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Files in a folder of their own, and the command beside them; what it says is told without the folder. */
function place(csv: string | Buffer = CSV, map = MAP) {
  const at = folder();
  writeFileSync(join(at, 'seats.csv'), csv);
  writeFileSync(join(at, 'seats.yml'), map);
  const short = (text: string) => text.replaceAll(`${at}/`, '').replaceAll(at, '.');
  return {
    at,
    async coxswain(words: readonly string[], env: Record<string, string> = {}) {
      let out = '';
      const terminal = { print: (line: string) => void (out += `${line}\n`), progress: () => undefined };
      const there = words.map((word) => (/^\.$|\.(?:csv|yml)$/.test(word) ? join(at, word) : word));
      try {
        const code = await importCommand(there, () => loadConfig(env), terminal);
        return { code, out: short(out), said: '' };
      } catch (error) {
        if (!(error instanceof CoxswainError)) throw error;
        const hint = error.hint === undefined ? '' : `For example: ${error.hint}\n`;
        return { code: 1, out: short(out), said: short(`${error.message}\n${hint}`) };
      }
    },
  };
}

const IMPORT = ['seats.csv', '--map', 'seats.yml'];

describe.each(ENGINES)('coxswain import beside a running Coxswain on %s', (engine) => {
  test('says what it would do, does it, and does nothing the second time', async () => {
    const app = await testApp(engine);
    const other = deriveKeys(Buffer.from(KEY, 'base64'));
    const { id } = await createOrg({ ...app.app, keys: other }, { name: 'Yards', zone: 'Europe/Berlin' });
    const { at, coxswain } = place();
    const env = { DATABASE_URL: app.database.url, COXSWAIN_ENCRYPTION_KEY: KEY };
    const dry = await coxswain([...IMPORT, '--org', 'yards', '--dry-run', '--report', 'dry.csv'], env);
    expect(dry).toEqual({
      code: 2,
      said: '',
      out: [
        'Read as Windows-1252, since it is not valid UTF-8, with a semicolon between the cells.',
        'New seats without a channel report nowhere, until “seat here” is said in one.',
        'Row 3: risk: “odd” is not among the “values” of the mapping. Add it there, or an “else”.',
        '3 rows: 1 to create, 0 to change, 0 unchanged, 1 left out, 1 with a fault.',
        'The report is in dry.csv.',
        'Nothing was changed in Yards: this was a dry run.',
        '',
      ].join('\n'),
    });
    expect(await seatKeys(app.app.store.read, id)).toEqual([]);
    expect(readFileSync(join(at, 'dry.csv'), 'utf8').split('\r\n')).toEqual([
      '\uFEFFrow,outcome,seat,id,changes,kept,notes',
      ',file,,,,,"seats.csv: Read as Windows-1252, since it is not valid UTF-8, with a semicolon between the cells."',
      ',file,,,,,"New seats without a channel report nowhere, until “seat here” is said in one."',
      '2,create,fraulein,1,,,',
      '3,fault,,,,,"risk: “odd” is not among the “values” of the mapping. Add it there, or an “else”."',
      '4,skip,,,,,Nothing stands in it.',
      '',
    ]);
    const done = await coxswain([...IMPORT, '--org', 'Yards'], env);
    expect(done).toMatchObject({ code: 2, said: '' });
    expect(done.out).toContain('1 row was not taken: mend the mapping or the file, and import it again.');
    expect(done.out).toContain('3 rows: 1 created, 0 changed, 0 unchanged, 1 left out, 1 with a fault.');
    expect(await seatKeys(app.app.store.read, id)).toEqual(['fraulein']);
    const again = await coxswain([...IMPORT, '--org', id], env);
    expect(again.out).toContain('3 rows: 0 created, 0 changed, 1 unchanged, 1 left out, 1 with a fault.');
    expect(await verifyAudit(app.app.store, other, id)).toMatchObject({ ok: true });

    const refused = async (words: readonly string[], more: Record<string, string> = {}) => {
      const { code, said } = await coxswain(words, { ...env, ...more });
      expect(code).toBe(1);
      return said;
    };
    expect(await refused(IMPORT)).toMatch(/^Say which organisation with --org\. There are: .*Yards/);
    expect(await refused([...IMPORT, '--org', 'moon'])).toMatch(
      /^There is no organisation “moon”\. There are: /,
    );
    expect(await refused([...IMPORT, '--org', 'Yards', '--as', 'zoe@example.com'])).toBe(
      'Nobody in Yards is called “zoe@example.com”.\n',
    );
    expect(await refused([...IMPORT, '--org', 'Harbour Insurance'])).toMatch(
      /^COXSWAIN_ENCRYPTION_KEY is not the key of this database/,
    );
    expect(await refused([...IMPORT, '--org', 'Yards'], { COXSWAIN_ENCRYPTION_KEY: '' })).toMatch(
      /COXSWAIN_ENCRYPTION_KEY/,
    );
    expect(await refused([...IMPORT, '--org', 'Yards', '--report', 'no/where.csv'])).toBe(
      'The report cannot be written to no/where.csv. Give another place, and try again.\n',
    );
  });
});

test.each([
  [[], '“import” needs a file.\nFor example: coxswain import inventory.csv --map inventory.yml\n'],
  [['a.csv', 'b.csv'], /^One file at a time, please\./],
  [['seats.csv'], /^Give a mapping: .*\nFor example: coxswain import seats\.csv --sketch > seats\.yml\n$/],
  [['seats.csv', '--mop', 'x'], /^“coxswain import” does not know “--mop”\. Did you mean “--map”\?/],
  [['seats.csv', '--map'], /^--map needs a value\./],
  [['no.csv', '--map', 'seats.yml'], 'There is no file no.csv.\n'],
  [['.', '--map', 'seats.yml'], '. is a folder. Give a file.\n'],
  [['seats.csv', '--map', 'no.yml'], 'There is no file no.yml.\n'],
  [['seats.csv', '--map', 'seats.csv'], /^This is not a mapping for this file yet; nothing was changed\. /],
  [
    IMPORT,
    'There is no file nowhere.db, where DATABASE_URL says that the database is. Check the path, and the folder you are in.\n',
  ],
])('%j is answered in a sentence', async (words, said) => {
  const { coxswain } = place();
  const ended = await coxswain(words, { DATABASE_URL: 'file:nowhere.db' });
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.said).toMatch(
    typeof said === 'string' ? new RegExp(`^${said.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : said,
  );
});

test('a database of another version is not touched', async () => {
  const { at, coxswain } = place();
  writeFileSync(join(at, 'empty.db'), '');
  const env = { DATABASE_URL: `file:${join(at, 'empty.db')}`, COXSWAIN_ENCRYPTION_KEY: KEY };
  expect(await coxswain(IMPORT, env)).toEqual({
    code: 1,
    out: '',
    said: 'The database does not have this version’s schema yet.\nFor example: coxswain migrate\n',
  });
});

test.each(['PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0'])(
  'a workbook is not taken for a CSV file',
  async (mark) => {
    const { coxswain } = place(Buffer.from(`${mark}\u0000 rest`, 'latin1'));
    expect(await coxswain(IMPORT)).toEqual({
      code: 1,
      out: '',
      said: 'seats.csv is a workbook, not a CSV file. Save the table as CSV, and give that.\n',
    });
  },
);

test('a quote that is never closed changes nothing, and a sketch is a mapping', async () => {
  const { at, coxswain } = place('No,Name,What for,Risk\n1,"Chat,Talks\n');
  expect(await coxswain(IMPORT)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^Row 2: a quote is opened/),
  });
  writeFileSync(join(at, 'seats.csv'), CSV);
  const { code, out } = await coxswain(['seats.csv', '--sketch']);
  expect(code).toBe(0);
  expect(out).toContain("  name: 'Name'");
});
