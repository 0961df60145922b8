import { type Card, type JsonObject, buttons, card, linkButton, note, paragraph } from '../../ui/card.ts';
import { code } from '../../ui/text.ts';
import type { FileReply } from '../platform.ts';
import { oneLine } from './escape.ts';
import { LIMITS } from './limits.ts';
import { cardMessage, markdownMessage } from './message.ts';
import { cardFor } from './render.ts';
import { renderString } from './text.ts';
import type { Desk } from './turn.ts';

/** A button that downloads the file; undefined without a public address. */
export async function linkCard(desk: Desk, tenant: string, file: FileReply): Promise<Card | undefined> {
  const url = (await desk.deps.addresses('teams', tenant)).file(file);
  if (url === undefined) return undefined;
  return card(file.title, [
    note('The link holds for a day, and works for whoever has it.'),
    buttons(linkButton(`Download ${file.name}`, url)),
  ]);
}

/** Why there is nothing to download, and who can change that. */
export const noLinkCard = (file: FileReply): Card =>
  card(file.title, [
    paragraph(
      `${file.name} cannot stand in a message as it is, and Teams has no address from which to download it: whoever runs Coxswain can set `,
      code('PUBLIC_URL'),
      '.',
    ),
  ]);

const FENCE = '```';

/** The text between fences, which keeps its line breaks and indentation; undefined where it would not stay whole. */
function fenced({ title, text }: FileReply): JsonObject | undefined {
  if (text.includes(FENCE) || Buffer.byteLength(text) > LIMITS.fenced) return undefined;
  const heading = renderString(oneLine(title), 'title', {});
  return markdownMessage(`**${heading}**\n\n${FENCE}\n${text.trimEnd()}\n${FENCE}`);
}

/** A file as a message: its link, its text where there is none, or what to set. */
export async function fileMessage(desk: Desk, tenant: string, file: FileReply): Promise<JsonObject> {
  const linked = await linkCard(desk, tenant, file);
  const text = linked === undefined ? fenced(file) : undefined;
  return text ?? cardMessage(await cardFor(desk, tenant, linked ?? noLinkCard(file)));
}
