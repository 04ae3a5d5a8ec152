/** The absolute paths in a .pth file and their replacements, relative to the file. Undefined: the line is left out. */
export type PthMoves = readonly (readonly [from: string, to: string | undefined])[];

/**
 * The absolute paths that a .pth file puts on sys.path, as CPython's site.addpackage() reads them. White space at the end
 * of a line is ignored. Comments and `import` lines do not begin with a slash.
 */
export function pthPaths(bytes: Buffer): string[] {
  const lines = bytes.toString().split('\n');
  return lines.filter((line) => line.startsWith('/')).map((line) => line.trimEnd());
}
