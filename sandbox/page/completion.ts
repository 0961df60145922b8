import type { Snapshot } from './model.ts';

export interface Suggestion {
  /** What the whole line becomes when it is taken. */
  readonly line: string;
  /** Where the caret goes. */
  readonly caret: number;
  readonly title: string;
  /** The part of the title that is typed as it stands; the rest are placeholders. */
  readonly fixed: string;
  readonly summary: string;
}

const LIMIT = 60;

/** What could be meant by a line that is being typed, best first. */
export function suggest(snapshot: Snapshot, line: string, caret: number): readonly Suggestion[] {
  return line.startsWith('/') && caret > 0 ? commands(snapshot, line) : mentions(snapshot, line, caret);
}

/** The words of a usage before its first placeholder: `seat show <seat>` → `seat show`. */
const fixedWords = (usage: string): string =>
  usage
    .split(/\s+/)
    .filter((w, i, all) => all.slice(0, i + 1).every((x) => /^[\p{L}\p{N}_-]+$/u.test(x)))
    .join(' ');

function commands(snapshot: Snapshot, line: string): readonly Suggestion[] {
  const { command } = snapshot;
  const typed = line.slice(command.length).trimStart().toLowerCase();
  if (!command.startsWith(line.trimEnd()) && !line.startsWith(`${command} `)) return [];
  const start = line.startsWith(`${command} `) ? typed : '';
  const whole = (words: string): Pick<Suggestion, 'line' | 'caret'> => ({
    line: `${command} ${words}`,
    caret: command.length + 1 + words.length,
  });
  const all = snapshot.commands.flatMap((c) => {
    const fixed = fixedWords(c.usage);
    const usage = {
      ...whole(fixed === c.usage ? fixed : `${fixed} `),
      title: `${command} ${c.usage}`,
      fixed: `${command} ${fixed}`,
      summary: c.summary,
      key: fixed,
    };
    const examples = c.examples
      .filter((e) => e.startsWith(fixed))
      .map((e) => {
        const title = `${command} ${e}`;
        return { ...whole(e), title, fixed: title, summary: 'Example', key: e };
      });
    return start !== '' && start.startsWith(fixed.toLowerCase()) ? [usage, ...examples] : [usage];
  });
  const fits = (key: string) =>
    key.toLowerCase().startsWith(start) || (start.startsWith(key.toLowerCase()) && start !== '');
  const titles = new Set<string>();
  const isNew = (title: string) => titles.size < titles.add(title).size;
  return all
    .filter((s) => fits(s.key) && s.line.trimEnd() !== line.trimEnd() && isNew(s.title))
    .slice(0, LIMIT);
}

function mentions(snapshot: Snapshot, line: string, caret: number): readonly Suggestion[] {
  const word = /(?:^|[\s(=,])([@#])([\p{L}\p{N}_.-]*)$/u.exec(line.slice(0, caret));
  if (word === null) return [];
  const [, sign = '', typed = ''] = word;
  const names =
    sign === '@'
      ? [
          ...snapshot.people.map((p) => ({ name: p.handle, full: p.name, summary: p.title })),
          { name: snapshot.bot.name.toLowerCase(), full: snapshot.bot.name, summary: 'App' },
        ]
      : snapshot.conversations
          .filter((c) => c.kind === 'channel')
          .map((c) => ({ name: c.name, full: c.name, summary: c.topic }));
  const wanted = typed.toLowerCase();
  const before = line.slice(0, caret - typed.length);
  return names
    .filter((n) => n.name.toLowerCase().startsWith(wanted) || n.full.toLowerCase().startsWith(wanted))
    .slice(0, LIMIT)
    .map((n) => {
      const head = `${before}${n.name} `;
      return {
        line: head + line.slice(caret).trimStart(),
        caret: head.length,
        title: `${sign}${n.name}`,
        fixed: `${sign}${n.name}`,
        summary: n.full === n.name ? n.summary : `${n.full}${n.summary === '' ? '' : ` · ${n.summary}`}`,
      };
    });
}

/** Inside a command, mentions are completed too once one is begun. */
export const suggestions = (snapshot: Snapshot, line: string, caret: number): readonly Suggestion[] => {
  const named = mentions(snapshot, line, caret);
  return named.length > 0 ? named : suggest(snapshot, line, caret);
};
