/** By sensitivity: from so many readings on, the highest measured share of alarms within 52 periods. Made by `npm run bench:drift -- --write`. */
export const CHANCES = {
  quiet: [
    [13, 0.051],
    [20, 0.058],
    [26, 0.045],
    [52, 0.037],
  ],
  standard: [
    [13, 0.151],
    [20, 0.156],
    [26, 0.143],
    [52, 0.148],
  ],
  sensitive: [
    [13, 0.312],
    [20, 0.301],
    [26, 0.283],
    [52, 0.299],
  ],
} as const;
