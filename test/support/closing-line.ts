import type { Reporter, TestModule } from 'vitest/node';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

function count(modules: readonly TestModule[]): Count {
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    // A file that cannot be loaded, or a hook that throws outside any test, counts as one failure.
    if (module.errors().length > 0) total.failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) total.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') total.passed += 1;
      else if (state === 'failed') total.failed += 1;
      else total.skipped += 1;
    }
  }
  return total;
}

/** Ends the run with one plain line, `N passed, N failed`, for scripts that read the outcome. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { passed, failed, skipped } = count(modules);
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(`${passed} passed, ${failed + unhandled.length} failed${tail}\n`);
  }
}
