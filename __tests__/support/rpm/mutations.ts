import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { RelopackError } from '../../../src/common/error.ts';
import { openRoot, type Root } from '../../../src/host/root.ts';
import { correctStates } from '../../../src/rpm/file-states.ts';
import { Installed, isInstalled } from '../../../src/rpm/installed.ts';
import type { InstalledPackage } from '../../../src/rpm/package.ts';
import { readInstalled } from '../../../src/rpm/read-database.ts';

/** A whole number from 0 to below `below`. */
type Random = (below: number) => number;

/** What relopack says about a database after a mutation, compared with the database before it. */
export type Outcome = 'refused' | 'warned' | 'unchanged' | 'silently changed';

/** Numbers that are the same for a seed on every machine (Mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The kinds of damage: a bit, a byte, some bytes, a page of zeros. More frequent ones come more than once. */
const damages: ((bytes: Buffer, at: number, random: Random) => void)[] = [
  ...Array.from({ length: 4 }, () => (bytes: Buffer, at: number, random: Random) => {
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random(8)), at);
  }),
  ...Array.from({ length: 2 }, () => (bytes: Buffer, at: number, random: Random) => {
    bytes.writeUInt8(random(256), at);
  }),
  (bytes, at, random) => {
    for (let n = random(64); n >= 0 && at + n < bytes.length; n -= 1) bytes.writeUInt8(random(256), at + n);
  },
  (bytes, at) => bytes.fill(0, at - (at % 4096), at - (at % 4096) + 4096),
];

/** The main file of a database, damaged in one place. */
export function mutated(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  damages[random(damages.length)]?.(copy, random(copy.length), random);
  return copy;
}

/** A host whose database is damaged again and again, in a copy. */
export class Victim {
  readonly #root: Root;
  readonly #path: string;
  readonly #before: InstalledPackage[];
  readonly bytes: Buffer;

  private constructor(root: Root, path: string, before: InstalledPackage[]) {
    this.#root = root;
    this.#path = path;
    this.#before = before;
    this.bytes = readFileSync(path);
  }

  /** `root` has the files of the host, `database` is the main file of its database, and `directory` is for the copy. */
  static async of(root: string, database: string, directory: string): Promise<Victim> {
    mkdirSync(directory);
    const path = join(directory, basename(database));
    copyFileSync(database, path);
    const opened = openRoot(root);
    const { installed } = correctStates(new Installed(opened, await read(directory)));
    return new Victim(opened, path, facts(installed));
  }

  /** Reads the database with other bytes, as a run does before it plans. */
  async outcome(bytes: Buffer): Promise<Outcome> {
    writeFileSync(this.#path, bytes);
    try {
      const packages = await read(join(this.#path, '..'));
      const { installed, findings } = correctStates(new Installed(this.#root, packages));
      if (findings.length > 0) return 'warned';
      return isDeepStrictEqual(facts(installed), this.#before) ? 'unchanged' : 'silently changed';
    } catch (error) {
      if (error instanceof RelopackError) return 'refused';
      throw error;
    }
  }
}

function read(directory: string): Promise<InstalledPackage[]> {
  return readInstalled({ root: openRoot(directory), dbpath: '/' });
}

/** The packages with all that a plan uses: of a state, only whether the file is installed; nothing if it is absent. */
function facts({ packages, root }: Installed): InstalledPackage[] {
  const isThere = (path: string) => root.lstat(path) !== undefined;
  return packages.map((pkg) => ({
    ...pkg,
    files: pkg.files.map((file) => ({ ...file, state: Number(!isInstalled(file) && isThere(file.path)) })),
  }));
}
