import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { FieldErrors, RawValues } from '../../ui/form.ts';
import type { Connection } from './connection.ts';
import { blocksIn, chosenFiles } from './inputs.ts';

/** The answers with every file that was chosen, or what is wrong with the files. */
export async function withFiles(
  c: Pick<Connection, 'access'>,
  tenant: string,
  view: ViewOutput,
  raw: RawValues,
): Promise<{ readonly raw: RawValues } | { readonly errors: FieldErrors }> {
  const chosen = chosenFiles(view.state.values);
  if (chosen.size === 0) return { raw };
  const { readFile } = await c.access(tenant);
  const read = await Promise.all(
    [...chosen].map(async ([name, id]) => [name, await readFile(id, typesOf(view, name))] as const),
  );
  const problems = read.flatMap(([name, file]) => ('problem' in file ? [[name, file.problem] as const] : []));
  if (problems.length > 0) return { errors: Object.fromEntries(problems) };
  const files = read.flatMap(([name, file]) => ('bytes' in file ? [[name, file] as const] : []));
  return { raw: { ...raw, ...Object.fromEntries(files) } };
}

/** The extensions that the field asked for, from the modal as Slack sends it back. */
function typesOf(view: ViewOutput, name: string): readonly string[] {
  const blocks = view.blocks as KnownBlock[];
  const block = blocks.find((one) => one.block_id === blocksIn(blocks)(name));
  return block?.type === 'input' && block.element.type === 'file_input'
    ? (block.element.filetypes ?? [])
    : [];
}
