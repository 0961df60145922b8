import type { CoxswainError } from '../errors.ts';
import { type Card, type Element, card, list, note, paragraph } from '../ui/card.ts';
import { type Text, bold, code } from '../ui/text.ts';

/** A refusal: the sentence, and what to type instead. */
export function errorCard(error: CoxswainError): Card {
  const hint: Element[] = error.hint === undefined ? [] : [paragraph('For example: ', code(error.hint))];
  return card('That did not work', [paragraph(error.message), ...hint], {
    fallback: `That did not work: ${error.message}`,
  });
}

export interface HelpLine {
  readonly usage: string;
  readonly summary: string;
}

/** All commands, or one with its verbs and examples. */
export function helpCard(
  title: string,
  lines: readonly HelpLine[],
  examples: readonly string[],
  where: string,
): Card {
  return card(
    title,
    [
      list(lines.map((line): Text => [code(line.usage), ` ${line.summary}`])),
      ...(examples.length === 0
        ? []
        : [paragraph(bold('For example')), list(examples.map((e): Text => code(e)))]),
      note(where),
    ],
    { rest: 'help' },
  );
}
