import type { PthMoves } from '../python/pth.ts';

/**
 * The .pth file with its absolute paths made relative to its own directory, which is how site.py resolves them. A path
 * that is not in the archive is left out.
 */
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
