/** By sensitivity: from so many readings on, the highest measured share of alarms within 52 periods. Made by `npm run bench:drift -- --write`. */
export const CHANCES = {
  quiet: [
    [13, 0.051],
    [20, 0.055],
    [26, 0.041],
    [52, 0.012],
  ],
  standard: [
    [13, 0.152],
    [20, 0.155],
    [26, 0.125],
    [52, 0.047],
  ],
  sensitive: [
    [13, 0.3],
    [20, 0.301],
    [26, 0.237],
    [52, 0.192],
  ],
} as const;
