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
  inputs: { allowDynamicallyFilteredChoiceSet: true, debounceTimeInMilliSeconds: 150 },
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

const DIRECTORY = 'graph.microsoft.com/users';

/**
 * What Teams' own people picker does: the directory's people are the choices. Other lists are searched while somebody
 * types; the renderer can do that for one choice only, so that several are chosen among the first ones.
 */
function fillPickers(json, people) {
  if (Array.isArray(json)) return json.map((item) => fillPickers(item, people));
  if (typeof json !== 'object' || json === null) return json;
  const copy = Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, fillPickers(value, people)]),
  );
  if (copy['choices.data'] === undefined) return copy;
  if (copy['choices.data'].dataset !== DIRECTORY) {
    if (copy.isMultiSelect === true) return { ...copy, 'choices.data': undefined, style: 'expanded' };
    // The renderer shows a value as it is, and finds it again by its title.
    const chosen = copy.choices.find((choice) => choice.value === copy.value);
    return { ...copy, placeholder: 'Type to search', value: chosen?.title ?? copy.value };
  }
  const known = new Set(people.map((p) => p.ref));
  const rest = (copy.choices ?? []).filter(
    (choice) => !known.has(choice.value) && choice.value.trim() !== '',
  );
  delete copy['choices.data'];
  const choices = [...people.map((p) => ({ title: p.name, value: p.ref })), ...rest];
  return { ...copy, choices, style: copy.isMultiSelect === true ? 'expanded' : 'compact' };
}

/** Asks for what fits the typed text. What is found becomes one of the choices, by whose title the value is read. */
async function searchFor(input, search) {
  const typed = input.getFilterForDynamicSearch() ?? '';
  // It opens the list, too.
  input.showLoadingIndicator();
  const found = await search(input.choicesData.dataset, typed);
  const known = new Set(input.choices.map((choice) => choice.value));
  for (const { title, value } of found)
    if (!known.has(value)) input.choices.push(new AdaptiveCards.Choice(title, value));
  input.renderChoices(typed, []);
}

const OPEN = 'ac-choiceSetInput-filtered-dropdown-open';

/** The renderer's search boxes say nothing to screen readers, and never close. */
function nameSearchBoxes(element) {
  for (const box of element.querySelectorAll('.ac-choiceSetInput-filtered-container')) {
    const [input, list] = [box.querySelector('input'), box.querySelector('div')];
    list.id = `${box.id}-choices`;
    input.setAttribute('aria-labelledby', box.getAttribute('aria-labelledby') ?? '');
    list.role = 'listbox';
    input.role = 'combobox';
    input.autocomplete = 'off';
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    const tell = () => {
      input.setAttribute('aria-expanded', String(list.classList.contains(OPEN)));
      for (const choice of list.children) choice.role = 'option';
      const at = list.querySelector('.ac-choiceSetInput-choice-highlighted');
      if (at === null) input.removeAttribute('aria-activedescendant');
      else input.setAttribute('aria-activedescendant', at.id);
    };
    new MutationObserver(tell).observe(list, { attributeFilter: ['class'], childList: true, subtree: true });
    tell();
    const close = () => list.classList.remove(OPEN);
    list.addEventListener('mousedown', (event) => event.preventDefault());
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !list.classList.contains(OPEN)) return;
      event.preventDefault();
      close();
    });
  }
}

/**
 * An element for a card. `onAction(kind, action)` gets `execute` or `submit` with the inputs merged in; `search` answers
 * with the choices of a list for what was typed.
 */
export function cardElement(json, people, onAction, search) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = host;
  card.onExecuteAction = (action) => {
    const type = action.getJsonTypeName();
    if (type === 'Action.OpenUrl') window.open(action.url, '_blank', 'noopener,noreferrer');
    else if (type === 'Action.Execute')
      onAction('execute', { type, verb: action.verb, data: action.data ?? {} });
    else if (type === 'Action.Submit') onAction('submit', action.data ?? {});
  };
  card.onInputValueChanged = (input) => {
    if (input.isDynamicTypeahead?.() === true) void searchFor(input, search);
  };
  card.parse(fillPickers(json, people));
  const element = card.render() ?? document.createElement('div');
  nameSearchBoxes(element);
  return element;
}
