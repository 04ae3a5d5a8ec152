import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isolateLoader } from '../../../src/elf/isolate/loader.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { objections, testimony, trace } from './judge.ts';
import { mirror } from './mirror.ts';
import { brokenByStrip, stripCopy } from './strip.ts';
import type { Contents, System } from './system.ts';
import { inParallel, output } from './tools.ts';
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

/** A copy of a system that one editor has edited. */
interface Tree {
  folder: string;
  /** The RUNPATH of each edited file, by path. */
  runpaths: Map<string, string>;
  /** The error of each file that could not be edited, by path. */
  failures: Map<string, string>;
  growth: number;
  times: number[];
}

/** Sets the RUNPATH of the file `from` in its copy `to`. */
type Edit = (from: string, to: string, runpath: string) => Promise<void>;

/** What both editors did to one file. */
interface Verdict {
  path: string;
  way: Way | undefined;
  relopack: string[];
  patchelf: string[];
}

const editWithRelopack: Edit = async (from, to, runpath) =>
  writeFileSync(to, setRunpath(readFileSync(from), runpath, from), { mode: 0o755 });

const editWithPatchelf: Edit = async (from, to, runpath) => {
  await output('patchelf', '--set-rpath', runpath, '--output', to, from);
};

const link = async (from: string, to: string) => symlinkSync(from, to);

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
  const traceOriginal = await originals(system, contents, join(folder, 'untouched'));
  const relopack = await editTree(system, contents, join(folder, 'relopack'), editWithRelopack);
  const patchelf = await editTree(system, contents, join(folder, 'patchelf'), editWithPatchelf);
  const runpaths = new Map([...relopack.runpaths, ...patchelf.runpaths]);
  const edited = judged.filter((path) => runpaths.has(path));

  const broken = await brokenByStrip(system, edited, folder);
  const sound = edited.filter((path) => !broken.has(path));
  const unstripped = {
    relopack: await stripCopy(relopack.folder, sound),
    patchelf: await stripCopy(patchelf.folder, sound),
  };
  const verdicts = await inParallel(edited, async (path): Promise<Verdict> => {
    const runpath = runpaths.get(path) ?? '';
    const before = await testimony(system.root.onDisk(path));
    const expected = await traceOriginal(path);
    const judge = async (tree: Tree) =>
      tree.failures.has(path)
        ? []
        : [
            ...(await objections(before, join(tree.folder, path), runpath)),
            ...(await loadingObjections(system, path, tree.folder, expected)),
          ];
    const [ours, theirs] = [await judge(relopack), await judge(patchelf)];
    if (relopack.failures.has(path)) return { path, way: undefined, relopack: ours, patchelf: theirs };
    const { way, undeclared } = judgeBytes(system, path, relopack.folder, runpath);
    return { path, way, relopack: [...ours, ...undeclared], patchelf: theirs };
  });
  const tried = new Set([...runpaths.keys(), ...relopack.failures.keys(), ...patchelf.failures.keys()]);
  return {
    edited,
    untouched: contents.files.filter((path) => !tried.has(path)).length,
    ways: countWays(verdicts),
    relopack: account(relopack, unstripped.relopack, verdicts, 'relopack'),
    patchelf: account(patchelf, unstripped.patchelf, verdicts, 'patchelf'),
    broken,
  };
}

/**
 * Makes a tree of links to the originals. Returns a function that says what ld.so prints for an original: its libraries
 * are found by its own search path, by those of its loaders, and in the directories of the system.
 */
async function originals(
  system: System,
  contents: Contents,
  folder: string,
): Promise<(path: string) => Promise<string[]>> {
  const { inherited } = await mirror(system, contents, folder, { runpath: link, loader: link, other: link });
  const tree = system.installed ? '' : folder;
  const defaults = system.installed ? [] : system.directories;
  return (path) => {
    const directories = [...(inherited.get(path) ?? []), ...defaults].map((directory) => tree + directory);
    const libraryPath = directories.length === 0 ? [] : ['--library-path', directories.join(':')];
    return trace(system, path, tree, [...(system.installed ? [] : ['--inhibit-cache']), ...libraryPath]);
  };
}

/** Makes an edited copy of a system, and measures the editor. */
async function editTree(system: System, contents: Contents, folder: string, edit: Edit): Promise<Tree> {
  const times: number[] = [];
  let growth = 0;
  const runpath: Edit = async (from, to, wanted) => {
    const start = performance.now();
    await edit(from, to, wanted);
    times.push(performance.now() - start);
    growth += statSync(to).size - statSync(from).size;
  };
  const loader = async (from: string, to: string) =>
    writeFileSync(to, isolateLoader(readFileSync(from), from), { mode: 0o755 });
  const { runpaths, failures } = await mirror(system, contents, folder, { runpath, loader, other: link });
  return { folder, runpaths, failures, growth, times: times.sort((a, b) => a - b) };
}

/** The differences between what ld.so prints for an edited file and for its original, before and after strip. */
async function loadingObjections(
  system: System,
  path: string,
  folder: string,
  expected: string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const [tree, when] of [
    [folder, ''],
    [`${folder}.stripped`, ' after strip'],
  ] as const) {
    const [line] = difference(expected, await trace(system, path, tree));
    if (line !== undefined) found.push(`ld.so${when}: ${line}`);
  }
  return found;
}

/** The way by which relopack edited a file, and the bytes that it changed without declaring it. */
function judgeBytes(
  { root }: System,
  path: string,
  folder: string,
  runpath: string,
): ReturnType<typeof undo> {
  const edited = readFileSync(join(folder, path));
  const { way, undeclared } = undo(root.read(path), edited);
  const again = setRunpath(edited, runpath, path) === edited ? [] : ['a second run changes it'];
  return { way, undeclared: [...undeclared, ...again] };
}

function account(
  { failures, growth, times }: Tree,
  unstripped: Set<string>,
  verdicts: Verdict[],
  editor: 'relopack' | 'patchelf',
): Account {
  const objections = new Map([...failures].map(([path, message]) => [path, [message]]));
  for (const { path, [editor]: found } of verdicts) if (found.length > 0) objections.set(path, found);
  return { objections, unstripped, growth, times };
}

function countWays(verdicts: Verdict[]): Map<Way, number> {
  const ways = new Map<Way, number>();
  for (const { way } of verdicts) if (way !== undefined) ways.set(way, (ways.get(way) ?? 0) + 1);
  return ways;
}

function difference(expected: string[], actual: string[]): string[] {
  const [lost] = expected.filter((line) => !actual.includes(line));
  const [found] = actual.filter((line) => !expected.includes(line));
  return [
    ...(lost === undefined ? [] : [`no longer “${lost.trim()}”`]),
    ...(found === undefined ? [] : [`now “${found.trim()}”`]),
  ];
}
