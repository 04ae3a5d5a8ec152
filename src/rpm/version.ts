/** The parts of `[epoch:]version[-release]`; absent is not the same as empty. */
export interface Evr {
  epoch: string | undefined;
  version: string;
  release: string | undefined;
}

/** Takes a version apart as rpm's rpmio/rpmver.c does: digits before a colon are the epoch, the last `-` ends the version. */
export function parseEvr(evr: string): Evr {
  const [prefix = '', digits] = /^([0-9]*):/.exec(evr) ?? [];
  const rest = evr.slice(prefix.length);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: digits === '' ? '0' : digits,
    version: dash === -1 ? rest : rest.slice(0, dash),
    release: dash === -1 ? undefined : rest.slice(dash + 1),
  };
}

/**
 * The order of two versions with epochs, negative, 0 or positive, for sorting: rpm's rpmverCmp. No epoch is epoch 0, and
 * no release comes before any release. In the ranges of dependencies a missing release matches all, see requires.ts.
 */
export function compareEvr(a: string, b: string): number {
  const left = parseEvr(a);
  const right = parseEvr(b);
  return (
    compareVersions(left.epoch ?? '0', right.epoch ?? '0') ||
    compareVersions(left.version, right.version) ||
    compareReleases(left.release, right.release)
  );
}

function compareReleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareVersions(a, b);
}

/**
 * The order of two versions or releases, negative, 0 or positive: rpm's rpmio/rpmvercmp.c.
 *
 * Runs of digits compare as numbers, runs of ASCII letters as text, a number comes after text, and the longer of two that
 * begin alike comes after. `~` comes before everything, even the end; `^` comes after the end and before everything else.
 * Any other character only separates.
 */
export function compareVersions(a: string, b: string): number {
  const left = segments(a);
  const right = segments(b);
  for (let i = 0; i < left.length || i < right.length; i += 1) {
    const order = compareSegments(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function segments(version: string): string[] {
  return version.match(/[0-9]+|[A-Za-z]+|[~^]/g) ?? [];
}

function compareSegments(a: string | undefined, b: string | undefined): number {
  const rank = segmentRank(a) - segmentRank(b);
  if (rank !== 0 || a === undefined || b === undefined) return rank;
  if (segmentRank(a) === Rank.number) {
    const x = a.replace(/^0+/, '');
    const y = b.replace(/^0+/, '');
    return x.length - y.length || compareText(x, y);
  }
  return compareText(a, b);
}

/** What comes after what, whatever stands in it. */
const Rank = { tilde: 0, end: 1, caret: 2, text: 3, number: 4 } as const;

function segmentRank(segment: string | undefined): number {
  if (segment === undefined) return Rank.end;
  if (segment === '~') return Rank.tilde;
  if (segment === '^') return Rank.caret;
  return /^[0-9]/.test(segment) ? Rank.number : Rank.text;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
