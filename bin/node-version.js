// Plain JavaScript without imports of ours: it has to run on the old Node that it complains about.
const NEEDED = 24;

/** A sentence that says what to do, or undefined when this Node is new enough. */
export function nodeComplaint(version = process.versions.node) {
  if (Number.parseInt(version, 10) >= NEEDED) return undefined;
  return (
    `Coxswain needs Node ${NEEDED} or newer, and this is Node ${version}. ` +
    `On Linux, \`npm ci\` brings Node ${NEEDED} along: start with \`npm start\`, test with \`npm test\`. ` +
    `Elsewhere, install it from https://nodejs.org and try again.`
  );
}
