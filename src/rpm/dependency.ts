import { compareVersions, parseEvr } from './compare-versions.ts';

/** One Requires or Provides: a name, or a name with a range of versions. */
export interface Dependency {
  /** A package, a capability, a path, or a rich dependency in parentheses. */
  name: string;
  /** Sense bits. */
  flags: number;
  /** `[epoch:]version[-release]`. It is empty if any version matches. */
  evr: string;
}

/** The flags of a dependency: RPMSENSE_* of rpm's lib/rpmds.h. */
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

/** The marks of `Requires(post)` and the like, and of the interpreters of scriptlets. */
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
 * Whether the installed files may need this Requires, so that the packer follows it. It does not follow what only
 * scriptlets need: if files need the same, rpm has a second entry for it. It does not follow a feature of rpm, a
 * configuration file or the loader either.
 */
export function isFollowed(dependency: Dependency): boolean {
  if ((dependency.flags & (scriptlet | Sense.rpmlib | Sense.config)) !== 0) return false;
  return !/^(?:rpmlib|config|rtld)\(/.test(dependency.name);
}

/**
 * Whether a Requires and a Provides, in any order, have a version in common: rpmdsCompare of rpm's lib/rpmds.c and
 * rpmverOverlap of rpmio/rpmver.c. The names must be equal. A dependency without a version matches every version.
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
