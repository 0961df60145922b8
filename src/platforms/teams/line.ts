import { type TeamsActivity, mentionsOf } from './activity.ts';
import { decodeEntities } from './html.ts';

/** Directory id for a Teams account id (`29:…`), for mentions that do not carry it. */
export type ResolveUser = (account: string) => Promise<string | undefined>;

/** Typed by hand a token must not pass for a mention: only Teams says who was mentioned. */
const disarm = (text: string): string => text.replaceAll(/<([@#][^<>\s]+)>/g, '$1');

const GREETINGS = /^(hi|hello|hey|help|start)?[\s!.?]*$/i;

/** `/coxswain seat show` from the slash menu is `seat show`; a lone greeting asks for help. */
function commandOf(text: string, bot: string): string {
  const line = text.replaceAll('\u00A0', ' ').trim().replace(/^\//, '');
  const [first = ''] = line.split(/\s+/, 1);
  const name = first.toLowerCase().replace(/^@/, '');
  const own = name !== '' && (name === bot.toLowerCase() || name === 'coxswain' || name === 'pilot');
  const command = own ? line.slice(first.length).trim() : line;
  return GREETINGS.test(command) ? 'help' : command;
}

/**
 * The command line of a message: without the mention of the bot itself, other mentions as `<@directory id>`,
 * nothing else looking like one.
 */
export async function lineOf(activity: TeamsActivity, resolve: ResolveUser): Promise<string> {
  let pieces: readonly { readonly text: string; readonly token: boolean }[] = [
    { text: activity.text ?? '', token: false },
  ];
  for (const { text, mentioned } of mentionsOf(activity)) {
    if (!text) continue;
    const isBot = mentioned.id === activity.recipient.id;
    const ref = isBot ? undefined : (mentioned.aadObjectId ?? (await resolve(mentioned.id)));
    const token = isBot ? ' ' : ref === undefined ? ` ${disarm(mentioned.name ?? '')} ` : `<@${ref}>`;
    pieces = pieces.flatMap((piece) => {
      if (piece.token) return [piece];
      return piece.text
        .split(text)
        .flatMap((rest, i) =>
          (i === 0 ? [] : [{ text: token, token: true }]).concat({ text: rest, token: false }),
        );
    });
  }
  const line = pieces
    .map((piece) => (piece.token ? piece.text : disarm(decodeEntities(piece.text))))
    .join('');
  return commandOf(line, activity.recipient.name ?? '');
}
