import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { type ElfImage, readImage } from '../../../src/elf/image.ts';
import type { Contents, System } from './system.ts';

/** Functions that write an edited copy of a file to another path. */
export interface Editors {
  /** Writes a copy with this RUNPATH. */
  runpath: (from: string, to: string, runpath: string) => Promise<void>;
  /** Writes a copy of ld.so. */
  loader: (from: string, to: string) => Promise<void>;
  /** Writes a copy of a file that needs no library. */
  other: (from: string, to: string) => Promise<void>;
}

/** What `mirror` has made. */
export interface Mirrored {
  /** The RUNPATH of each edited file, by path. */
  runpaths: Map<string, string>;
  /** The directories that a library inherits from the DT_RPATH of its loaders, by path. */
  inherited: Map<string, string[]>;
  /** The error of each file that could not be edited, by path. */
  failures: Map<string, string>;
}

/**
 * A RUNPATH by which a file finds the same libraries as in its system: its own search path, then the directories that
 * ld.so searches. All are relative to $ORIGIN, so they are the same in a copy of the tree.
 */
export function completeRunpath({ directories }: System, path: string, old: string[]): string {
  const from = (directory: string) => `$ORIGIN/${relative(dirname(path), directory)}`;
  const own = old.map((entry) => (entry.startsWith('/') ? from(entry) : entry));
  return [...new Set([...own, ...directories.map(from)])].join(':');
}

/**
 * The directories in which the libraries of a file are searched because its loaders have a DT_RPATH, by path.
 * A DT_RPATH is valid for the libraries of libraries too, if they have no DT_RUNPATH. A DT_RUNPATH is not.
 */
function inheritedPaths({ root }: System, files: string[]): Map<string, string[]> {
  const images = new Map(files.flatMap((path) => imageOf(root.read(path), path)));
  const inherited = new Map<string, string[]>();
  const pass = (path: string): void => {
    const image = images.get(path);
    if (image === undefined || image.runpath.length > 0) return;
    const own = image.rpath.map((entry) => entry.replace(/\$(ORIGIN|\{ORIGIN\})/, dirname(path)));
    const directories = [...own, ...(inherited.get(path) ?? [])].map((directory) => normalize(directory));
    for (const library of image.needed) {
      const directory = directories.find((directory) => images.has(join(directory, library)));
      const found = join(directory ?? '', library);
      const known = inherited.get(found) ?? [];
      const all = [...new Set([...known, ...directories])];
      if (directory === undefined || all.length === known.length) continue;
      inherited.set(found, all);
      pass(found);
    }
  };
  for (const path of files) pass(path);
  return inherited;
}

/**
 * Makes an edited copy of the files in a folder, with its own ld.so. A link from another directory becomes a file,
 * because $ORIGIN is the directory of the link.
 */
export async function mirror(
  system: System,
  { files, links }: Contents,
  folder: string,
  edit: Editors,
): Promise<Mirrored> {
  const runpaths = new Map<string, string>();
  const failures = new Map<string, string>();
  const inherited = inheritedPaths(system, files);
  const write = async (path: string, source: string) => {
    const target = copyPath(folder, path);
    const bytes = system.root.read(source);
    if (source === system.loader) return await edit.loader(system.root.onDisk(source), target);
    const { needed, rpath, runpath } = readImage(bytes, source);
    if (needed.length === 0) return await edit.other(system.root.onDisk(source), target);
    const wanted = completeRunpath(system, path, [...rpath, ...runpath, ...(inherited.get(source) ?? [])]);
    await edit.runpath(system.root.onDisk(source), target, wanted);
    runpaths.set(path, wanted);
  };
  const attempt = (path: string, source: string) =>
    write(path, source).catch((error: unknown) => failures.set(path, String(error)));

  for (const path of files) await attempt(path, path);
  const known = new Set(files);
  for (const { path, target } of links) {
    if (!known.has(target)) symlinkSync(relative(dirname(path), target) || '.', copyPath(folder, path));
    else if (dirname(target) === dirname(path)) symlinkSync(basename(target), copyPath(folder, path));
    else await attempt(path, target);
  }
  return { runpaths, inherited, failures };
}

/** The image of a file. None if it cannot be read: `mirror` reports that when it edits the file. */
function imageOf(bytes: Buffer, path: string): [string, ElfImage][] {
  try {
    return [[path, readImage(bytes, path)]];
  } catch {
    return [];
  }
}

/** The path of a copy in the folder, whose directory is made. */
function copyPath(folder: string, path: string): string {
  const copy = join(folder, path);
  mkdirSync(dirname(copy), { recursive: true });
  return copy;
}
