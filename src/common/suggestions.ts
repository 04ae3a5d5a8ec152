/**
 * Returns at most `maxNames` names that are similar to `word`, the most similar first. A name is similar if it contains
 * the word, or if a few edits turn the word into it. Case does not matter, nor do `-`, `_` and `.` (PEP 503).
 */
export function nearest(word: string, names: Iterable<string>, maxNames = 3): string[] {
  const wanted = comparable(word);
  const maxEdits = Math.max(1, Math.floor(wanted.length / 3));
  const scored: { name: string; score: number }[] = [];
  for (const name of new Set(names)) {
    const candidate = comparable(name);
    const contains = candidate.includes(wanted) && wanted.length > 2;
    const score = contains ? 1 : editDistance(wanted, candidate);
    if (score <= maxEdits) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return scored.slice(0, maxNames).map(({ name }) => name);
}

/** The name in lower case with one kind of separator, without the prefix `python3-` or the like. */
function comparable(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
    .replace(/^python[\d-]*-/, '');
}

/**
 * The Levenshtein distance: how many insertions, deletions and substitutions turn `a` into `b`. These few lines are not a
 * dependency, because each dependency is bundled, licensed and updated for as long as relopack exists.
 */
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
