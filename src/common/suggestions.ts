/**
 * The names most like `word`, best first, at most `limit`: those that hold it, or that few edits turn into it.
 * Case and the difference between `-`, `_` and `.` do not count (PEP 503).
 */
export function nearest(word: string, names: Iterable<string>, limit = 3): string[] {
  const wanted = plain(word);
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(names)) {
    const bare = plain(name);
    const score = bare.includes(wanted) && wanted.length > 2 ? 1 : editDistance(wanted, bare);
    if (score <= Math.max(1, Math.floor(wanted.length / 3))) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return scored.slice(0, limit).map(({ name }) => name);
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
    .replace(/^python[\d-]*-/, '');
}

/** Insertions, deletions and substitutions between two words (Levenshtein), one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
