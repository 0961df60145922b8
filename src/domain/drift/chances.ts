/** By sensitivity: from so many readings on, the highest measured share of alarms within 52 periods. Made by `npm run bench:drift -- --write`. */
export const CHANCES = {
  quiet: [
    [13, 0.059],
    [20, 0.054],
    [26, 0.051],
    [52, 0.05],
  ],
  standard: [
    [13, 0.156],
    [20, 0.146],
    [26, 0.142],
    [52, 0.132],
  ],
  sensitive: [
    [13, 0.3],
    [20, 0.284],
    [26, 0.284],
    [52, 0.273],
  ],
} as const;
