/** What becomes of the absolute paths in a .pth file: where each leads from there, or that it is left out. */
export type PthMoves = readonly (readonly [from: string, to: string | undefined])[];

/**
 * The lines of a .pth file that put an absolute path on sys.path, as CPython's site.addpackage() reads them: white space
 * at the end does not count, and comments and `import` lines, which are code, do not begin with a slash.
 */
export function pthPaths(bytes: Buffer): string[] {
  const lines = bytes.toString().split('\n');
  return lines.filter((line) => line.startsWith('/')).map((line) => line.trimEnd());
}
