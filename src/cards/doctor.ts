import type { Verdict } from '../domain/audit-chain.ts';
import type { Check } from '../queries/doctor.ts';
import { type Card, card, list, note, paragraph } from '../ui/card.ts';
import { type Text, bold, code } from '../ui/text.ts';

const MARK: Record<Check['state'], string> = { ok: '✅ ok', warning: '⚠️ look at this', fault: '⛔ fault' };

/** What works and what does not, each with what to do. */
export function doctorCard(checks: readonly Check[]): Card {
  const bad = checks.filter((c) => c.state !== 'ok').length;
  return card(
    bad === 0 ? 'Everything works' : bad === 1 ? 'One thing needs attention' : `${bad} things need attention`,
    [
      list(
        checks.map((c): Text => [
          MARK[c.state],
          ' ',
          bold(c.name),
          `: ${c.says}`,
          ...(c.do === undefined ? [] : [` ${c.do}`]),
        ]),
      ),
    ],
  );
}

export function auditCard(verdict: Verdict): Card {
  if (verdict.ok) {
    return card('The audit chain is whole', [
      paragraph(
        `${verdict.entries} entries, each continues the one before it, and the last one is the sealed head.`,
      ),
      note('Head: ', code(verdict.head.slice(0, 16))),
    ]);
  }
  return card('The audit chain is broken', [
    paragraph(bold(`Entry ${verdict.fault.seq}`), `: ${verdict.fault.what}.`),
    note('Keep the database as it is, and compare it with a backup from before this entry.'),
  ]);
}

/** To the admins, at most once a day: what could not be delivered, and why. */
export function troubleCard(parked: readonly { readonly view: string; readonly reason: string }[]): Card {
  const n = parked.length;
  return card(
    n === 1 ? 'A message could not be delivered' : `${n} messages could not be delivered`,
    [
      list(parked.slice(0, 10).map(({ view, reason }): Text => [bold(view), `: ${reason}`])),
      note('Escalations went on to the next person. ', code('doctor'), ' shows what needs attention.'),
    ],
    { rest: 'doctor' },
  );
}
