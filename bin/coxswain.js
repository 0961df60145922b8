#!/usr/bin/env node
// Runs on Node 20 too: finds a Node that Coxswain can run on, or says in a sentence what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { nodeComplaint } from './node-version.js';

/** The Node that was installed beside Coxswain as an optional dependency, where there is one. */
function bundledNode() {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
}

function runWith(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A Ctrl-C reaches the child by the terminal; a signal sent to this process alone has to be handed on.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  }
  child.on('exit', (code) => process.exit(code ?? 1));
}

async function runHere() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  // A checkout runs its sources; the published package has only what was compiled from them.
  const source = new URL('../src/cli.ts', import.meta.url);
  await import(
    existsSync(fileURLToPath(source)) ? source.href : new URL('../dist/src/cli.js', import.meta.url).href
  );
}

const complaint = nodeComplaint();
const bundled = complaint === undefined ? undefined : bundledNode();
if (complaint === undefined) {
  await runHere();
} else if (bundled === undefined) {
  console.error(complaint);
  process.exitCode = 1;
} else {
  runWith(bundled);
}
