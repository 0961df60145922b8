import { nodeComplaint } from './node-version.js';

const complaint = nodeComplaint();
if (complaint !== undefined) {
  console.error(complaint);
  process.exitCode = 1;
}
