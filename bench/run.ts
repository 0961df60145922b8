import { parseArgs } from 'node:util';
import { figureOf, type Pair, sentence } from './figure.ts';
import { MEASURES, type Measure } from './figures.ts';
import { type Stage, openStage } from './stage.ts';

const FEWEST_RUNS = 5;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    profile: { type: 'string' },
    runs: { type: 'string', default: String(FEWEST_RUNS) },
  },
});

function chosen(only: string | undefined): readonly Measure[] {
  if (only === undefined) return MEASURES;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !MEASURES.some((m) => m.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no figure ${unknown.join(', ')}. There are: ${MEASURES.map((m) => m.name).join(', ')}.`,
    );
  }
  return MEASURES.filter((m) => names.includes(m.name));
}

async function measure(
  stage: Stage,
  { name, unit, aim, warmUp, pair }: Measure,
  runs: number,
): Promise<void> {
  await warmUp?.(stage);
  const pairs: Pair[] = [];
  for (let run = 0; run < runs; run += 1) pairs.push(await pair(stage));
  const figure = figureOf(name, unit, pairs);
  console.log(options.json ? JSON.stringify(figure) : sentence(figure, aim));
}

const runs = Math.max(1, Number(options.runs));
const wanted = chosen(options.only);
const stage = await openStage(options.profile);
try {
  for (const one of wanted) await measure(stage, one, runs);
} finally {
  await stage.stop();
}
