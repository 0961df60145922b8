/* global AdaptiveCards, markdownit */

/** Renders Adaptive Cards with Microsoft's renderer, and hands every pressed action over. */

const markdown = globalThis.markdownit({ html: false, linkify: false });
/** Not after an odd backslash: that one is escaped and was typed. */
const MENTION = /(?<=(?:^|[^\\])(?:\\\\)*)<at>(.*?)<\/at>/g;

// Private-use characters carry a mention through markdown, so that typed tags cannot pass for one.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const marked = text.replaceAll(MENTION, '\uE000$1\uE001');
  result.outputHtml = markdown
    .render(marked)
    .replaceAll('\uE000', '<span class="mention">')
    .replaceAll('\uE001', '</span>');
  result.didProcess = true;
};

const host = new AdaptiveCards.HostConfig({
  fontFamily: "'Segoe UI', system-ui, sans-serif",
  supportsInteractivity: true,
  actions: {
    maxActions: 6,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    buttonSpacing: 8,
    spacing: 'default',
  },
  spacing: { small: 4, default: 8, medium: 14, large: 20, extraLarge: 28, padding: 10 },
  containerStyles: {
    default: { backgroundColor: '#FFFFFF' },
    emphasis: { backgroundColor: '#F0F0F0' },
    attention: { backgroundColor: '#FDF3F4' },
  },
});

/** What Teams' own people picker does: the directory's people are the choices. */
function fillPickers(json, people) {
  if (Array.isArray(json)) return json.map((item) => fillPickers(item, people));
  if (typeof json !== 'object' || json === null) return json;
  const copy = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, fillPickers(value, people)]),
  );
  if (copy['choices.data'] === undefined) return copy;
  const known = new Set(people.map((p) => p.ref));
  const rest = (copy.choices ?? []).filter(
    (choice) => !known.has(choice.value) && choice.value.trim() !== '',
  );
  delete copy['choices.data'];
  const choices = [...people.map((p) => ({ title: p.name, value: p.ref })), ...rest];
  return { ...copy, choices, style: copy.isMultiSelect === true ? 'expanded' : 'compact' };
}

/** An element for a card. `onAction(kind, action)` gets `execute` or `submit` with the inputs merged in. */
export function cardElement(json, people, onAction) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = host;
  card.onExecuteAction = (action) => {
    const type = action.getJsonTypeName();
    if (type === 'Action.OpenUrl') window.open(action.url, '_blank', 'noopener,noreferrer');
    else if (type === 'Action.Execute')
      onAction('execute', { type, verb: action.verb, data: action.data ?? {} });
    else if (type === 'Action.Submit') onAction('submit', action.data ?? {});
  };
  card.parse(fillPickers(json, people));
  return card.render() ?? document.createElement('div');
}
