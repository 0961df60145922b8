import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBodyJson } from '../../src/api/json-list.ts';

const MOST = 10_000;
/** White space makes it a long body without changing what it says. */
const PADDING = ' '.repeat(3000);

const parse = async (text: string, most = MOST): Promise<unknown> => {
  const found = await parseBodyJson(Buffer.from(text), most);
  return 'problem' in found ? found.problem.detail : found.value;
};

const outcome = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return 'The body is not valid JSON.';
  }
};

const LONG = Array.from({ length: 60 }, () => PADDING).join('');

test('a long body means what JSON.parse makes of it, wherever it is cut', async () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const body = fc.record({ readings: fc.array(value, { maxLength: 200 }), more: value });
  await fc.assert(
    fc.asyncProperty(body, fc.nat(60), async (made, spaces) => {
      const items = made.readings.map((item) => JSON.stringify(item) + ' '.repeat(spaces * 20));
      const text = `{"note":"a [\\"list\\"] {,\\\\", "readings":[${items.join(',')}${LONG.slice(0, 50_000)}],"more":${JSON.stringify(made.more)}}`;
      const long = text.replace(
        '"readings":[',
        () => `"before":[${LONG.slice(0, 60_000)}],"again":[ ${LONG.slice(0, 60_000)} ],"readings":[`,
      );
      expect(long.length).toBeGreaterThan(128 * 1024);
      expect(await parse(long)).toEqual(outcome(long));
    }),
  );
});

test('what is no JSON is refused however long it is', async () => {
  const item = JSON.stringify({ seat: 'claims', note: 'x'.repeat(300) });
  const many = Array.from({ length: 600 }, () => item).join(',');
  const wrong = [
    `{"readings":[${many},]}`,
    `{"readings":[,${many}]}`,
    `{"readings":[${many},,${many}]}`,
    `{"readings":[${many}}`,
    `{"readings":[${many}`,
    `{"readings":[${many}]}}`,
    `{"readings":[${many}]} {}`,
    `{"readings":[${many} ${item}]}`,
    `{[${many}]:1}`,
    `{"readings":[${many},"open]}`,
  ];
  for (const text of wrong) expect(await parse(text)).toBe('The body is not valid JSON.');
});

test('nothing long but a list is taken, no deep one, and no longer list than may be', async () => {
  const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`k${i}`, 1])));
  expect(await parse(keys)).toContain('What is no list is too long');
  expect(await parse(`{"readings":[${keys}]}`)).toContain('An item of the list is too long');
  expect(await parse(`{"note":"${'\\"'.repeat(100_000)}"}`)).toContain('A text is too long');
  expect(await parse('['.repeat(200_000))).toBe('The body is nested too deeply.');
  const numbers = (count: number) => `{"readings":[${Array(count).fill('1').join(`,${PADDING}`)}]}`;
  expect(await parse(numbers(500), 500)).toEqual({ readings: Array(500).fill(1) });
  expect(await parse(numbers(501), 500)).toContain('send at most 500');
});
