import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../manifest/manifest.ts';

/** A line of code in a .pth file of the archive. */
interface CodeLine {
  path: string;
  number: number;
  text: string;
}

/** The limit for the characters of a line that a message shows. */
const maxShown = 200;

/** Lines that can change sys.path without naming a directory: by a function, or by a module that they import. */
const canAddPath = /\bsys\.path\b|\baddsitedir\b|^import[ \t]+[\w.]+$/;

/**
 * The problem of a directory outside the archive on sys.path, if lines of code in .pth files may have put it there. Lines
 * that begin with `import` are code (CPython, Lib/site.py, addpackage()). Undefined if there is no such line.
 */
export function pathLinesProblem(top: string, { files }: Manifest, directory: string): string | undefined {
  const lines = files
    .filter(({ path, type }) => type === 'file' && /\/site-packages\/[^/]+\.pth$/.test(path))
    .flatMap(({ path }) => codeLines(top, path));
  const naming = lines.filter(({ text }) => directory !== '' && text.includes(directory));
  const shown = naming.length > 0 ? naming : lines.filter(({ text }) => canAddPath.test(text));
  if (shown.length === 0) return undefined;
  const listed = shown.map(({ path, number, text }) => `${path}, line ${number}: ${text.slice(0, maxShown)}`);
  const isKnown = naming.length > 0 || shown.length === 1;
  return `${directory || 'the current directory'} is outside the archive, but ${isKnown ? 'this line puts' : 'one of these lines may put'} it on sys.path: ${listed.join(', or ')}`;
}

function codeLines(top: string, path: string): CodeLine[] {
  return readFileSync(join(top, path), 'utf8')
    .split('\n')
    .map((text, index) => ({ path, number: index + 1, text: text.trimEnd() }))
    .filter(({ text }) => /^import[ \t]/.test(text));
}
