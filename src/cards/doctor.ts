import type { Check } from '../queries/doctor.ts';
import type { Message, Troubled } from '../queries/messages.ts';
import { capital } from '../text.ts';
import { type Card, type Element, buttons, card, commandButton, list, note, paragraph } from '../ui/card.ts';
import { type Text, bold, code } from '../ui/text.ts';

const MARK: Record<Check['state'], string> = { ok: '✅ ok', warning: '⚠️ look at this', fault: '⛔ fault' };

/** What somebody has to do comes first, also where a platform shows only the beginning. */
const WORSE: readonly Check['state'][] = ['fault', 'warning', 'ok'];

/** What works and what does not, each with what to do. */
export function doctorCard(checks: readonly Check[]): Card {
  const bad = checks.filter((c) => c.state !== 'ok').length;
  return card(
    bad === 0 ? 'Everything works' : bad === 1 ? 'One thing needs attention' : `${bad} things need attention`,
    [
      list(
        checks
          .toSorted((a, b) => WORSE.indexOf(a.state) - WORSE.indexOf(b.state))
          .map((c): Text => [
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

const STANDS: Record<Message['state'], string> = {
  live: 'being sent',
  held: 'held: nobody knows whether it arrived',
  parked: 'parked: it cannot be delivered',
  withdrawn: 'given up',
};

/** As many as fit on a card with two buttons each. */
const MESSAGES_SHOWN = 8;

/** Messages that somebody should look at, each with a way on. */
export function messagesCard(rows: readonly Troubled[]): Card {
  if (rows.length === 0)
    return card('No message needs attention', [paragraph('Everything that should be on display is.')]);
  const shown = rows.slice(0, MESSAGES_SHOWN);
  return card(
    rows.length === 1 ? 'One message needs attention' : `${rows.length} messages need attention`,
    shown
      .flatMap(({ message, ref, where }): Element[] => {
        const aside = message.state === 'parked' || message.state === 'held';
        const state = aside || !message.mayRepeat ? STANDS[message.state] : 'shown, and may have come twice';
        return [
          paragraph(
            bold(ref),
            ` ${message.view} to ${where}: ${state}.${message.reason === null ? '' : ` ${capital(message.reason)}.`}`,
          ),
          buttons(
            ...(aside ? [commandButton('Try again', `doctor retry ${ref}`)] : []),
            ...(aside || message.mayRepeat
              ? [commandButton(aside ? 'Give up' : 'Noted', `doctor drop ${ref}`)]
              : []),
          ),
        ];
      })
      .filter((element) => element.kind !== 'buttons' || element.buttons.length > 0),
    { rest: 'doctor messages' },
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
