/** What a rule about the house needs to know of a TypeScript file. */
export interface Source {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly imports: readonly Import[];
  /** The text without comments and without what stands inside strings. */
  readonly code: string;
  readonly lines: number;
}

export interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

/**
 * Comments, strings and regular expressions, in the order in which they have to be looked for. A `/` begins a regular
 * expression only where a value may begin. A template counts as a string up to its end; what is inserted with `${…}`
 * stays code as long as it holds no backtick.
 */
const TOKENS =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?<template>`(?:[^`\\]|\\[\s\S])*`)|(?<regex>(?<=[(,=:[!&|?{};+\-*%~^<>]\s*|\breturn\s*|^\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)/gm;

const SPECIFIER = /(?:\b(?:from|import|require)\s*\(?\s*)$/;

export function readSource(path: string, text: string): Source {
  const imports: Import[] = [];
  const code = text.replace(TOKENS, (...match: unknown[]) => {
    // Guarantee of the casts: the shape in which String.replace calls back when the pattern has named groups.
    const [whole, groups] = [match[0] as string, match.at(-1) as Record<string, string | undefined>];
    if (groups['comment'] !== undefined) return ' ';
    if (groups['regex'] !== undefined) return '/./';
    if (groups['template'] !== undefined) return inserted(whole);
    const before = text.slice(0, match.at(-3) as number);
    if (SPECIFIER.test(before)) imports.push({ from: whole.slice(1, -1), typeOnly: isTypeOnly(before) });
    return "''";
  });
  return { path, imports, code, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) };
}

/** `a ${b} c` → `(b)`: only what runs. */
const inserted = (template: string): string =>
  `(${[...template.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]).join(',')})`;

/** Whether the statement that ends here is `import type … from` or `export type … from`. */
function isTypeOnly(before: string): boolean {
  const statement = before.slice(Math.max(before.lastIndexOf('import'), before.lastIndexOf('export')));
  if (/^(?:import|export)\s+type\b/.test(statement)) return true;
  const names = /\{([^}]*)\}\s*from\s*$/.exec(statement)?.[1]?.split(',') ?? [];
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  return (
    given.length > 0 &&
    !/^import\s+\w+\s*,/.test(statement) &&
    given.every((name) => name.startsWith('type '))
  );
}
