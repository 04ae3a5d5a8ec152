import { commentsAndStrings } from './strings.ts';

/** A string that may be the name of a module. */
const moduleString = /^(?:"([\w.]+)"|'([\w.]+)')$/;

/** The blocks of a module that do not run if it is imported, or that only type checkers read. */
const mainBlock = /^if[ \t(]+(?:__name__[ \t]*==[ \t]*"__main__"|"__main__"[ \t]*==[ \t]*__name__)/;
const typingBlock = /^if[ \t(]+(?:\w+\.)?TYPE_CHECKING\b/;

const from =
  /(?:^|[;:])[ \t]*from[ \t]*([. \t]*)([\p{L}\p{N}_.]*)[ \t]+import\b[ \t]*(?:\(([^)]*)\)|([^\n;]*))/gmu;
const plain = /(?:^|[;:])[ \t]*import[ \t]+([^\n;]+)/gm;
const called = /\b(?:import_module|__import__)\([ \t\n]*"([\w.]+)"/g;

/**
 * The names that a Python source imports anywhere, also in functions. A relative import begins with dots. A name after
 * `from … import` is appended, as it may be a module: `from .tests import runner` gives `.tests.runner`. Calls of
 * import_module count if they have a text.
 *
 * `isMain` tells whether the source is a program, so that its block for `__main__` counts too. The grammar is that of
 * Python's Language Reference, "The import statement".
 */
export function importedNames(source: string, isMain: boolean): string[] {
  const code = `${source}\n`
    .replace(/\r\n?/g, '\n')
    // The text of docstrings often contains imports.
    .replace(commentsAndStrings, (text) => {
      const [, double, single] = moduleString.exec(text) ?? [];
      return text.startsWith('#') ? '' : `"${double ?? single ?? ''}"`;
    })
    .replace(/\\\n/g, ' ');
  const running = withoutBlocks(code, isMain ? [typingBlock] : [typingBlock, mainBlock]);
  const names = [
    ...[...running.matchAll(from)].flatMap(([, dots = '', module = '', inBrackets, onLine = '']) => {
      const start = dots.replace(/[ \t]/g, '') + module;
      return words(inBrackets ?? onLine).map((name) => joined(start, name));
    }),
    ...[...running.matchAll(plain)].flatMap(([, modules = '']) => words(modules)),
    ...[...running.matchAll(called)].map(([, module = '']) => module),
  ];
  return [...new Set(names)];
}

/** The code without blocks at the top level that begin with one of these lines. */
function withoutBlocks(code: string, starts: readonly RegExp[]): string {
  let isInside = false;
  const lines = code.split('\n').filter((line) => {
    if (/^[^\s)\]}]/.test(line)) isInside = starts.some((start) => start.test(line));
    return !isInside;
  });
  return lines.join('\n');
}

/** The names in a list, without `as` and the name after it. */
function words(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim().replace(/\s.*$/s, ''))
    .filter((name) => /^[\p{L}_*][\p{L}\p{N}_.]*$/u.test(name));
}

function joined(start: string, name: string): string {
  if (name === '*') return start;
  return start === '' || start.endsWith('.') ? `${start}${name}` : `${start}.${name}`;
}
