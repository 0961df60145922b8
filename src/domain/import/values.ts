import type { FieldKind } from './fields.ts';
import type { FieldRule } from './mapping.ts';
import { alike, folded } from './titles.ts';

/** What became of what stands in a row for one field. */
type Taken =
  | { readonly fault: string }
  | {
      /** Undefined: nothing is said. */
      readonly value?: string | number | readonly string[] | undefined;
      readonly note?: string;
      /** All of a text of which only the beginning fits. */
      readonly whole?: string;
    };

interface How {
  readonly rule: FieldRule;
  readonly kind: FieldKind;
  readonly meanings: ReadonlyMap<string, string> | undefined;
}

/** The value of a field, from the text that a row has for it. */
export function valueOf(how: How, text: string | undefined): Taken {
  const { rule, kind, meanings } = how;
  const typed = text?.trim();
  if (typed === undefined || typed === '') {
    if (rule.default !== undefined) return fitted(how, rule.default);
    return rule.required === true ? { fault: 'nothing stands there, and the mapping requires it.' } : {};
  }
  if (kind.kind === 'list') return listed(how, typed);
  if (meanings === undefined) return fitted(how, typed);
  const meant = meanings.get(alike(typed)) ?? rule.else;
  if (meant !== undefined) return meant === '' ? {} : fitted(how, meant);
  const taken = fitted(how, typed);
  if ('fault' in taken)
    return {
      fault: `“${short(typed)}” is not among the “values” of the mapping. Add it there, or an “else”.`,
    };
  return taken;
}

function fitted({ rule, kind }: How, typed: string): Taken {
  switch (kind.kind) {
    case 'line':
      return measured(rule, folded(typed).toWellFormed(), kind.max);
    case 'text':
      return measured(rule, typed.replaceAll('\r\n', '\n').toWellFormed(), kind.max);
    case 'list':
      return listed({ rule, kind, meanings: undefined }, typed);
    case 'one of': {
      const value = kind.values.find((one) => one === alike(typed));
      return value === undefined
        ? {
            fault: `“${short(typed)}” is none of ${kind.values.join(', ')}. Say what it means with “values”.`,
          }
        : { value };
    }
    case 'number': {
      const value = /^\d{1,3}(?:[.,]0+)?$/.test(typed) ? Number.parseInt(typed, 10) : Number.NaN;
      return value >= kind.from && value <= kind.to
        ? { value }
        : { fault: `“${short(typed)}” is not a whole number from ${kind.from} to ${kind.to}.` };
    }
    case 'key':
      return { value: folded(typed).toWellFormed() };
    case 'person':
    case 'seat':
    case 'channel':
      return { value: folded(typed).toWellFormed().slice(0, 300) };
    default:
      return kind satisfies never;
  }
}

/** What is too long is never cut in silence: all of it is kept in extra, or the row is skipped. */
function measured(rule: FieldRule, text: string, max: number): Taken {
  if (text.length <= max) return { value: text };
  if (rule.too_long === 'skip') return { fault: `it has ${text.length} characters, and at most ${max} fit.` };
  return {
    value: shortened(text, max),
    note: `the first ${max} of ${text.length} characters fit; all of it is kept in extra.`,
    whole: text,
  };
}

/** At most `max` characters, at the end of a word where there is one near, with an ellipsis. */
function shortened(text: string, max: number): string {
  const cut = text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  const word = cut.lastIndexOf(' ');
  return `${(word > max * 0.7 ? cut.slice(0, word) : cut).replace(/[\s,;:.–-]+$/, '')}…`;
}

function listed({ rule, kind, meanings }: How, typed: string): Taken {
  if (kind.kind !== 'list') return {};
  const split = rule.split === undefined ? [typed] : typed.split(rule.split);
  const meant = split.map((item) => {
    const text = folded(item).toWellFormed();
    return meanings === undefined || text === '' ? text : (meanings.get(alike(text)) ?? rule.else ?? text);
  });
  const items = [...new Set(meant.filter((item) => item !== ''))];
  if (items.length <= kind.most && items.every((item) => item.length <= kind.max))
    return items.length === 0 ? {} : { value: items };
  if (rule.too_long === 'skip')
    return { fault: `at most ${kind.most} items of ${kind.max} characters fit; there are ${items.length}.` };
  return {
    value: items
      .slice(0, kind.most)
      .map((item) => (item.length <= kind.max ? item : shortened(item, kind.max))),
    note: `at most ${kind.most} items of ${kind.max} characters fit; all of it is kept in extra.`,
    whole: typed.toWellFormed(),
  };
}

const short = (text: string): string =>
  text.length <= 60 ? folded(text).toWellFormed() : `${folded(text).slice(0, 59).toWellFormed()}…`;
