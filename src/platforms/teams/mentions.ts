import type { JsonObject } from '../../ui/card.ts';
import { oneLine } from './escape.ts';

/** A ping as Teams wants it: the same text in the card and in this list. */
export type Mention = JsonObject & { readonly text: string };

/** Collects the pings of one card. Two people of one name get two texts, or Teams would ping one of them twice. */
export interface Mentions {
  /** Markdown to put in the text; the name alone when nothing of it is left after cleaning. */
  add(ref: string, name: string): string;
  all(): readonly Mention[];
}

export function collectMentions(): Mentions {
  const byRef = new Map<string, Mention>();
  const taken = new Set<string>();
  return {
    add(ref, name) {
      const known = byRef.get(ref);
      if (known !== undefined) return known.text;
      const base =
        oneLine(name)
          .replaceAll(/[\\`*_[\]<>~|&{}]/g, '')
          .trim()
          .slice(0, 80)
          .toWellFormed() || 'somebody';
      let shown = base;
      for (let n = 2; taken.has(shown); n++) shown = `${base} (${n})`;
      taken.add(shown);
      const text = `<at>${shown}</at>`;
      byRef.set(ref, { type: 'mention', text, mentioned: { id: ref, name: shown } });
      return text;
    },
    all: () => [...byRef.values()],
  };
}
