/**
 * How often detect() raises a false alarm, and how soon it finds a change: `npm run bench:drift -- [--json]
 * [--series 1500] [--seed 1] [--data normal,rate]`. `--write` keeps the false alarms in src/domain/drift/chances.ts.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BUDGETS, SENSITIVITIES, type Sensitivity } from '../src/domain/drift/types.ts';
import { KIND_NAMES, type KindName } from './drift-data.ts';
import { falseIssues } from './drift-issues.ts';
import { type Line, LENGTHS, MARKS, measure } from './drift-measure.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: KIND_NAMES.join(',') },
    json: { type: 'boolean', default: false },
    series: { type: 'string', default: '1500' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const series = Math.max(1, Number(options.series));
const seed = Number(options.seed);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);

function sentence(line: Line): string {
  const budget = BUDGETS[line.sensitivity];
  const mark = line.data === 'normal' ? `, mark ${MARKS[line.n][line.sensitivity]}` : '';
  return [
    `${line.data.padEnd(7)} n ${String(line.n).padEnd(3)}${line.sensitivity.padEnd(10)}`,
    `alarm ${percent(line.alarm52)} of ${percent(budget)}`,
    `found ${percent(line.detect8_1_5)}${mark} (XmR ${percent(line.xmr_detect8_1_5)})`,
    `refused ${percent(line.refused)}`,
  ].join(' · ');
}

const lines: Line[] = [];
const wanted = options.data.split(',');
for (const data of KIND_NAMES.filter((kind) => wanted.includes(kind))) {
  for (const n of LENGTHS) {
    for (const line of measure(data, n, series, seed)) {
      lines.push(line);
      console.log(options.json ? JSON.stringify(line) : sentence(line));
    }
  }
}
const issues = falseIssues(Math.ceil(series / 4), seed);
console.log(
  options.json
    ? JSON.stringify(issues)
    : `false issues per 100 metrics and year, ${issues.target}:\n${JSON.stringify(issues.false_issues_per_100_metrics_year, null, 2)}`,
);

if (options.write) {
  if (wanted.length < KIND_NAMES.length)
    throw new Error('--write needs every kind of data: leave --data out');
  const ofKinds = (sensitivity: Sensitivity, kinds: readonly KindName[]) =>
    LENGTHS.map((n) => [
      n,
      Math.max(
        ...lines
          .filter((l) => l.n === n && l.sensitivity === sensitivity && kinds.includes(l.data))
          .map((l) => Number(l.alarm52.toFixed(3))),
      ),
    ]);
  const table = Object.fromEntries(SENSITIVITIES.map((s) => [s, ofKinds(s, KIND_NAMES)]));
  writeFileSync(
    new URL('../src/domain/drift/chances.ts', import.meta.url),
    `/** By sensitivity: from so many readings on, the highest measured share of alarms within 52 periods. Made by \`npm run bench:drift -- --write\`. */\nexport const CHANCES = ${JSON.stringify(table)} as const;\n`,
  );
}
