/** The parts of `[epoch:]version[-release]`. An absent part is not the same as an empty one. */
interface Evr {
  epoch: string | undefined;
  version: string;
  release: string | undefined;
}

/**
 * Splits a version as rpm's rpmio/rpmver.c does. Digits before a colon are the epoch, and the last `-` separates the
 * version from the release.
 */
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
 * Compares two versions with epoch and release as rpm's rpmverCmp does. The result is negative, 0 or positive. A missing
 * epoch is 0, and a missing release comes before any release. (In the range of a dependency it matches every release,
 * see dependency.ts.)
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
 * Compares two versions or releases as rpm's rpmio/rpmvercmp.c does. The result is negative, 0 or positive.
 *
 * Runs of digits are compared as numbers and runs of ASCII letters as text. A number comes after text. If one version is
 * the beginning of the other, the longer one comes after. `~` comes before everything, even the end. `^` comes after the
 * end and before everything else. Any other character only separates.
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

/** The order of the kinds of segments, whatever their text is. */
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
