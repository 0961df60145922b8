/** By sensitivity: from so many readings on, the highest measured share of alarms within 52 periods. Made by `npm run bench:drift -- --write`. */
export const CHANCES = {
  quiet: [
    [13, 0.058],
    [20, 0.058],
    [26, 0.054],
    [52, 0.056],
  ],
  standard: [
    [13, 0.168],
    [20, 0.167],
    [26, 0.161],
    [52, 0.148],
  ],
  sensitive: [
    [13, 0.312],
    [20, 0.307],
    [26, 0.303],
    [52, 0.302],
  ],
} as const;
