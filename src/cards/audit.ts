import type { Verdict } from '../domain/audit-chain.ts';
import { type ExportedHead, printHead } from '../domain/audit-head.ts';
import { type Card, card, note, paragraph } from '../ui/card.ts';
import { bold, code } from '../ui/text.ts';

export function auditCard(verdict: Verdict): Card {
  if (verdict.ok) {
    const { entries, erased, heads } = verdict;
    const compared =
      heads === 0
        ? 'No head was exported yet, so an older state put back as a whole could not be seen: audit export.'
        : `It is also the chain of ${heads === 1 ? 'the one head' : `all ${heads} heads`} exported so far.`;
    return card('The audit chain is whole', [
      paragraph(`${entries} entries, each continues the one before it, and the last one is the sealed head.`),
      paragraph(compared),
      ...(erased === 0
        ? []
        : [
            paragraph(`${erased === 1 ? 'One text was' : `${erased} texts were`} erased; the entries stand.`),
          ]),
      note('Head: ', code(verdict.head.slice(0, 16))),
    ]);
  }
  return card('The audit chain is broken', [
    paragraph(bold(`Entry ${verdict.fault.seq}`), `: ${verdict.fault.what}.`),
    note('Keep the database as it is, and compare it with a backup from before this entry.'),
  ]);
}

/** A head as it is given away, in a channel that outsiders may copy it from. */
export const headCard = (head: ExportedHead): Card =>
  card(`Audit log, entry ${head.seq}`, [
    paragraph(code(printHead(head))),
    note('The signed end of the audit log at this time. It proves later that nothing before it was changed.'),
  ]);

export function exportedCard(exported: {
  readonly seq: number;
  readonly head: string;
  readonly posted: boolean;
  readonly file: boolean;
}): Card {
  const places = [...(exported.posted ? ['the channel'] : []), ...(exported.file ? ['the file'] : [])];
  return card(`The head of entry ${exported.seq} is signed`, [
    paragraph(code(exported.head)),
    places.length === 0
      ? paragraph(
          'It goes nowhere by itself: set a channel with ',
          bold('settings heads here'),
          ' or a file with COXSWAIN_HEADS_FILE, and keep this line elsewhere.',
        )
      : paragraph(`It is on its way to ${places.join(' and ')}.`),
    note('With it, ', code('audit verify'), ' sees an older state that was put back.'),
  ]);
}
