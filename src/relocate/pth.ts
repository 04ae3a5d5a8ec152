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

/** The .pth file with its absolute paths made relative to its own directory, from which site.py takes them. */
export function relocatePth(bytes: Buffer, moves: PthMoves): Buffer {
  const moved = new Map(moves);
  const lines = bytes.toString().split('\n');
  const kept = lines.flatMap((line) => {
    if (!line.startsWith('/')) return [line];
    const to = moved.get(line.trimEnd());
    return to === undefined ? [] : [to];
  });
  return Buffer.from(kept.join('\n'));
}
