import { compareVersions, parseEvr } from './version.ts';

/** One Requires or Provides: `name`, or a range of versions of it. */
export interface Dependency {
  /** A package, a capability, a path, or a rich dependency in parentheses. */
  name: string;
  /** Sense bits. */
  flags: number;
  /** `[epoch:]version[-release]`, empty where any version is meant. */
  evr: string;
}

/** Flags of a dependency: RPMSENSE_* of rpm's lib/rpmds.h. */
export const Sense = {
  less: 1 << 1,
  greater: 1 << 2,
  equal: 1 << 3,
  posttrans: 1 << 5,
  pretrans: 1 << 7,
  interpreter: 1 << 8,
  pre: 1 << 9,
  post: 1 << 10,
  preun: 1 << 11,
  postun: 1 << 12,
  verify: 1 << 13,
  preuntrans: 1 << 20,
  postuntrans: 1 << 21,
  rpmlib: 1 << 24,
  config: 1 << 28,
} as const;

const range = Sense.less | Sense.greater | Sense.equal;

/** What `Requires(post)` and its like, and the interpreters of scriptlets, are marked with. */
const scriptlet =
  Sense.posttrans |
  Sense.pretrans |
  Sense.interpreter |
  Sense.pre |
  Sense.post |
  Sense.preun |
  Sense.postun |
  Sense.verify |
  Sense.preuntrans |
  Sense.postuntrans;

/**
 * Whether a Requires is one that installed files have, so that what it leads to may have to go where they go. Not so:
 * what only scriptlets need (rpm keeps an entry of its own for what files need as well), and what stands for a feature
 * of rpm, a configuration file or the loader itself.
 */
export function isFollowed(dependency: Dependency): boolean {
  if ((dependency.flags & (scriptlet | Sense.rpmlib | Sense.config)) !== 0) return false;
  return !/^(?:rpmlib|config|rtld)\(/.test(dependency.name);
}

/**
 * Whether two dependencies, a Requires and a Provides in any order, have a version in common: rpmdsCompare of rpm's
 * lib/rpmds.c and rpmverOverlap of rpmio/rpmver.c. Names must be the same; one without a version matches every version.
 */
export function overlaps(a: Dependency, b: Dependency): boolean {
  if (a.name !== b.name) return false;
  if ((a.flags & range) === 0 || (b.flags & range) === 0 || a.evr === '' || b.evr === '') return true;
  const left = parseEvr(a.evr);
  const right = parseEvr(b.evr);
  let order = compareEpochs(left.epoch, right.epoch) || compareVersions(left.version, right.version);
  if (order === 0) {
    if (left.release && right.release) order = compareVersions(left.release, right.release);
    else if (left.release && b.flags & Sense.equal) return true;
    else if (right.release && a.flags & Sense.equal) return true;
  }
  const both = a.flags & b.flags;
  if (order < 0) return ((a.flags & Sense.greater) | (b.flags & Sense.less)) !== 0;
  if (order > 0) return ((a.flags & Sense.less) | (b.flags & Sense.greater)) !== 0;
  return (both & range) !== 0;
}

function compareEpochs(a: string | undefined, b: string | undefined): number {
  return compareVersions(a ?? '0', b ?? '0');
}
