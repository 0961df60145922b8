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

/** To the admins, once: Coxswain was removed somewhere, or will stop there. */
export function disconnectedCard(installation: {
  readonly name: string;
  readonly active: boolean;
  readonly trouble: string;
}): Card {
  const { name, active, trouble } = installation;
  return card(
    active ? `Coxswain will soon be unable to post in ${name}` : `Coxswain cannot post in ${name} any more`,
    [
      paragraph(`The reason: ${trouble}.`),
      paragraph(
        active
          ? 'Install it there again, from the same page as the first time, before its present token expires. '
          : 'Install it there again, from the same page as the first time: what waits is then sent. ',
        'Nothing else changes by that.',
      ),
    ],
  );
}
