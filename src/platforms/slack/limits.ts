/**
 * What Slack takes, as data. Lengths are in UTF-16 units of the text as it is sent, so after escaping.
 * Sources: @slack/types 3.2 unless another stands beside the figure.
 */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  context: 3000,
  image: { alt: 2000, title: 2000, url: 3000 },
  actions: 25,
  button: { label: 75, value: 2000, url: 3000 },
  confirm: { title: 100, text: 300, button: 30 },
  actionId: 255,
  /** docs.slack.dev/reference/block-kit/blocks/table-block: the header row counts, and one table a message. */
  table: { rows: 100, columns: 20, tables: 1 },
  /** Our own: long cells make a table unreadable on a phone. */
  cell: 300,
  view: { title: 24, submit: 24, close: 24, metadata: 3000 },
  input: { label: 2000, hint: 2000, text: 3000, placeholder: 150 },
  /** An option's value is 75 in @slack/types and 150 in the reference: the lower one. */
  option: { text: 75, value: 75, perGroup: 100, groups: 100 },
  /** chat.postMessage: longer text is cut; a notification shows far less. */
  text: 3000,
  /**
   * Text in all blocks of one message. Not documented; slackapi/bolt-js#2509 saw `msg_blocks_too_long` from
   * about 13,200 characters.
   */
  messageText: 12_000,
} as const;
