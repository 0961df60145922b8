import { ENDS_SOON, SCOPE_MEANINGS, type TokenScope, tokenState } from '../domain/token.ts';
import type { TokenLine, TokenList } from '../queries/token.ts';
import { type Card, buttons, card, commandButton, formButton, list, note, paragraph } from '../ui/card.ts';
import { type Inline, type Text, bold, code, date, datetime } from '../ui/text.ts';

interface NewToken {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly seat: string | null;
  readonly expiresAt: number | null;
  /** Null when it was shown before. */
  readonly token: string | null;
  readonly signingSecret: string | null;
  readonly id: string;
}

/** The one time that a token is shown. */
export function newTokenCard(made: NewToken, zone: string): Card {
  const reach = made.seat === null ? 'every seat' : `the seat ${made.seat} only`;
  const until: readonly Inline[] =
    made.expiresAt === null ? ['without an end'] : ['until ', date(made.expiresAt, zone)];
  const may = made.scopes.map((scope) => SCOPE_MEANINGS[scope]).join(', ');
  const what = paragraph('It may ', may, ' on ', reach, ', ', ...until, '.');
  if (made.token === null) {
    return card(`The token ${made.name} exists already`, [
      paragraph(
        'It was shown when it was made and is not kept here. If it was lost, revoke it and make another.',
      ),
      what,
      buttons(commandButton('Revoke it', `token revoke ${made.name}`)),
    ]);
  }
  return card(
    `Token ${made.name}`,
    [
      paragraph(bold('Copy it now: it is shown this once.')),
      paragraph(code(made.token)),
      what,
      ...(made.signingSecret === null
        ? []
        : [
            paragraph('Signing secret, for senders that sign: ', code(made.signingSecret)),
            note('Such a sender needs no token: its address ends in ', code(`?sender=${made.id}`), '.'),
          ]),
      note('Only you see this. Coxswain keeps a hash of it. Send it as “Authorization: Bearer …”.'),
    ],
    { fallback: `The token ${made.name} was made` },
  );
}

function line(token: TokenLine, now: number, zone: string): Text {
  const end = token.expiresAt;
  const ends: readonly Inline[] =
    end === null
      ? [' · never expires']
      : [
          tokenState({ expiresAt: end, revokedAt: null }, now) === 'expired' ? ' · expired ' : ' · expires ',
          date(end, zone),
          ...(end > now && end - now < ENDS_SOON ? [' (soon)'] : []),
        ];
  const used: readonly Inline[] =
    token.usedAt === null ? [' · never used'] : [' · last used ', datetime(token.usedAt, zone)];
  return [
    bold(token.name),
    `: ${token.scopes.map((scope) => SCOPE_MEANINGS[scope]).join(', ')}`,
    token.seatKey === undefined ? ' on every seat' : ` on ${token.seatKey}`,
    ...ends,
    ...used,
    ` · made by ${token.maker}`,
  ];
}

/** Tokens that somebody may revoke. */
export function tokenListCard({ tokens, zone }: TokenList, now: number): Card {
  const more = buttons(formButton('New token', 'token.new', {}));
  if (tokens.length === 0)
    return card('No tokens', [paragraph('A token lets a machine log readings or send alerts.'), more]);
  return card('Tokens', [
    list(tokens.map((token) => line(token, now, zone))),
    note('The hour of the last use is kept, nothing else. End one with “token revoke <name>”.'),
    more,
  ]);
}
