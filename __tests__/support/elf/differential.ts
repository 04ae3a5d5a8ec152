import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { isolateLoader } from '../../../src/elf/isolate/loader.ts';
import { loads, readSegments, type Segment } from '../../../src/elf/segments.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { run } from '../run.ts';
import { objections, testimony, trace } from './judge.ts';
import { mirror } from './mirror.ts';
import type { Contents, System } from './system.ts';
import { output } from './tools.ts';
import { undo, type Way } from './undo.ts';

/** The results of one editor. */
export interface Account {
  /** The objections to its files, by path. */
  objections: Map<string, string[]>;
  /** The files that strip refuses. It leaves them unchanged. */
  unstripped: Set<string>;
  /** How many bytes it added to all files. */
  growth: number;
  /** The milliseconds to read, edit and write each file, in ascending order. */
  times: number[];
}

/** What `differential` found. */
export interface Differential {
  /** The paths of the judged files that need a library: only those are edited. */
  edited: string[];
  /** How many ELF files of the system need no library. */
  untouched: number;
  /** The number of files for each way. */
  ways: Map<Way, number>;
  relopack: Account;
  patchelf: Account;
  /** The files whose original is broken by strip. They are not judged after strip. */
  broken: Set<string>;
}

/**
 * Sets the RUNPATH of files with relopack and with patchelf, and judges both with other tools (see `objections`).
 *
 * ld.so loads each edited file with the libraries of the edited tree, by RUNPATH alone. It must print the same as for
 * the original, also after strip of all files. A file of relopack must be the original except for the declared changes.
 *
 * `folder` needs space for four copies. Files that are not in `judged` are edited too, because the judged ones need them.
 */
export async function differential(
  system: System,
  contents: Contents,
  judged: string[],
  folder: string,
): Promise<Differential> {
  const sides = {
    relopack: { folder: join(folder, 'relopack'), ...account() },
    patchelf: { folder: join(folder, 'patchelf'), ...account() },
  };
  const ways = new Map<Way, number>();
  const { root } = system;

  const editors = {
    relopack: async (from: string, to: string, runpath: string) => {
      writeFileSync(to, setRunpath(readFileSync(from), runpath, from), { mode: 0o755 });
    },
    patchelf: async (from: string, to: string, runpath: string) => {
      await output('patchelf', '--set-rpath', runpath, '--output', to, from);
    },
  };
  const loader = async (from: string, to: string) =>
    writeFileSync(to, isolateLoader(readFileSync(from), from), { mode: 0o755 });
  const link = async (from: string, to: string) => symlinkSync(from, to);
  const untouchedTree = join(folder, 'untouched');
  const { inherited } = await mirror(system, contents, untouchedTree, {
    runpath: link,
    loader: link,
    other: link,
  });
  const directories = system.directories.map((directory) => untouchedTree + directory);
  const ld = (path: string) => {
    const more = (inherited.get(path) ?? []).map((directory) =>
      system.installed ? directory : untouchedTree + directory,
    );
    const all = [...more, ...(system.installed ? [] : directories)].join(':');
    return [...(system.installed ? [] : ['--inhibit-cache']), ...(all === '' ? [] : ['--library-path', all])];
  };

  const runpaths = new Map<string, string>();
  const tried = new Set<string>();
  for (const name of ['relopack', 'patchelf'] as const) {
    const side = sides[name];
    const runpath = async (from: string, to: string, wanted: string) => {
      const start = performance.now();
      await editors[name](from, to, wanted);
      side.times.push(performance.now() - start);
      side.growth += statSync(to).size - statSync(from).size;
    };
    const made = await mirror(system, contents, side.folder, { runpath, loader, other: link });
    side.times.sort((a, b) => a - b);
    for (const [path, message] of made.failures) {
      tried.add(path);
      side.objections.set(path, [message]);
    }
    for (const [path, runpath] of made.runpaths) {
      tried.add(path);
      runpaths.set(path, runpath);
    }
  }
  const edited = judged.filter((path) => runpaths.has(path));

  const broken = await brokenByStrip(system, edited, folder);
  for (const side of Object.values(sides)) side.unstripped = await stripped(side, edited, broken);
  await each(edited, async (path) => {
    const runpath = runpaths.get(path) ?? '';
    const before = await testimony(root.onDisk(path));
    const loaded = await trace(system, path, system.installed ? '' : untouchedTree, ld(path));
    for (const side of Object.values(sides)) {
      if (side.objections.has(path)) continue;
      const found = await objections(before, join(side.folder, path), runpath);
      for (const [tree, when] of [
        [side.folder, ''],
        [`${side.folder}.stripped`, ' after strip'],
      ] as const) {
        const [line] = difference(loaded, await trace(system, path, tree));
        if (line !== undefined) found.push(`ld.so${when}: ${line}`);
      }
      if (side === sides.relopack) {
        const [original, ours] = [root.read(path), readFileSync(join(side.folder, path))];
        const { way, undeclared } = undo(original, ours);
        ways.set(way, (ways.get(way) ?? 0) + 1);
        found.push(...undeclared);
        if (setRunpath(ours, runpath, path) !== ours) found.push('a second run changes it');
      }
      if (found.length > 0) side.objections.set(path, found);
    }
  });
  const untouched = contents.files.filter((path) => !tried.has(path)).length;
  return { edited, untouched, ways, broken, ...sides };
}

function account(): Account {
  return { objections: new Map(), unstripped: new Set(), growth: 0, times: [] };
}

/** Copies a tree and strips its edited files, except the broken ones. Returns the paths of files that strip refuses. */
async function stripped(
  { folder }: { folder: string },
  edited: string[],
  broken: ReadonlySet<string>,
): Promise<Set<string>> {
  await output('cp', '--archive', '--', folder, `${folder}.stripped`);
  const refused = new Set<string>();
  const sound = edited.filter((path) => !broken.has(path));
  await each(sound, async (path) => {
    const { code } = await run('strip', ['--', join(`${folder}.stripped`, path)]);
    if (code !== 0) refused.add(path);
  });
  return refused;
}

/**
 * The files whose original is broken by strip, so that strip is no test of an edit. It moves a segment in memory, or to
 * an offset at which it cannot be mapped. Such files come from patchelf (segments without a section) and from BOLT.
 */
async function brokenByStrip({ root }: System, edited: string[], folder: string): Promise<Set<string>> {
  const broken = new Set<string>();
  await each([...edited.entries()], async ([index, path]) => {
    const copy = join(folder, `${index}`);
    writeFileSync(copy, root.read(path));
    const addresses = segmentsOf(copy).map(({ vaddr }) => vaddr);
    await run('strip', ['--', copy]);
    const after = segmentsOf(copy);
    const stay = after.every(
      ({ vaddr, offset }, at) => vaddr === addresses[at] && (vaddr - offset) % 4096 === 0,
    );
    if (!stay || after.length !== addresses.length) broken.add(path);
    rmSync(copy);
  });
  return broken;
}

/** The PT_LOAD segments of a file, valid or not. */
function segmentsOf(path: string): Segment[] {
  const file = new ElfBytes(readFileSync(path), path);
  return loads(readSegments(file, file.get(file.format.header, 0, 'phoff')));
}

function difference(expected: string[], actual: string[]): string[] {
  const [lost] = expected.filter((line) => !actual.includes(line));
  const [found] = actual.filter((line) => !expected.includes(line));
  return [
    ...(lost === undefined ? [] : [`no longer “${lost.trim()}”`]),
    ...(found === undefined ? [] : [`now “${found.trim()}”`]),
  ];
}

/** Does a job for each item, as many at a time as the machine has processors. */
async function each<T>(items: T[], job: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (const item of waiting) await job(item);
    }),
  );
}
