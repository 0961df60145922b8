/** What can be done with any message, from its menu. The manifests of both platforms list exactly these. */
export interface Shortcut {
  /** Slack's `callback_id` and Teams' `commandId`. */
  readonly id: string;
  /** In the menu. At most 24 characters, Slack's limit. */
  readonly label: string;
  /** Which form opens, with what the message says and where it stands: `{text, link}`. */
  readonly form: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { id: 'report_drift', label: 'Report drift', form: 'issue.report' },
  { id: 'add_to_issue', label: 'Add to issue', form: 'issue.note' },
  { id: 'raise_issue', label: 'Raise an issue', form: 'issue.new' },
];

export const shortcutNamed = (id: string): Shortcut | undefined => SHORTCUTS.find((one) => one.id === id);

/** So much of a message is quoted: form args stay below 2,000 characters as JSON. */
export const QUOTED = 1000;
