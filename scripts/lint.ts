/**
 * Formats and lints all Python and C: `node scripts/lint.ts` says what is wrong and fails, `--write` formats the files.
 *
 * Ruff and clang-format come from npm, as WebAssembly: the lockfile pins them, and they run wherever Node does.
 * gcc's warnings and its analyzer are part of the build of the launcher (scripts/native.ts), which a test repeats.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { format as formatC } from '@wasm-fmt/clang-format';
import { parse } from 'smol-toml';

const top = join(import.meta.dirname, '..');
const ruff = new Workspace(parse(readFileSync(join(top, 'ruff.toml'), 'utf8')), PositionEncoding.Utf16);
const clangStyle = readFileSync(join(top, '.clang-format'), 'utf8');

function isC(path: string): boolean {
  return /\.[ch]$/.test(path);
}

function format(path: string, text: string): string {
  return isC(path) ? formatC(text, path, clangStyle) : ruff.format(text);
}

/** What only a person can fix: `LINE:COLUMN: RULE MESSAGE`. */
function lint(path: string, text: string): string[] {
  if (isC(path)) return [];
  const diagnostics: Diagnostic[] = ruff.check(text);
  return diagnostics.map(
    ({ code, message, start_location: { row, column } }) =>
      `${row}:${column}: ${code ?? 'syntax'} ${message}`,
  );
}

const write = process.argv.includes('--write');
const paths = globSync('{src,__tests__,bench,scripts}/**/*.{py,c,h}', { cwd: top }).sort();
if (paths.length === 0) throw new Error(`There is no Python and no C below ${top}.`);
for (const path of paths) {
  const text = readFileSync(join(top, path), 'utf8');
  const formatted = format(path, text);
  const problems = lint(path, write ? formatted : text);
  if (write && formatted !== text) writeFileSync(join(top, path), formatted);
  else if (formatted !== text) problems.push('1:1: the file is not formatted: run npm run format');
  for (const problem of problems) console.error(`${path}:${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
console.log(`Checked ${paths.length} files of Python and C.`);
