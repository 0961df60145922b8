/** By sensitivity: from so many readings on, the measured share of alarms within 52 periods. Made by bench/drift.ts. */
export const CHANCES = {
  quiet: [[8, 0.05]],
  standard: [[8, 0.15]],
  sensitive: [[8, 0.3]],
} as const;
