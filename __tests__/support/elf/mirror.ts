import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { type ElfImage, readImage } from '../../../src/elf/image.ts';
import type { Contents, System } from './system.ts';

/** What writes a file to another path, changed. */
export interface Editors {
  /** With this RUNPATH. */
  runpath: (from: string, to: string, runpath: string) => Promise<void>;
  /** ld.so. */
  loader: (from: string, to: string) => Promise<void>;
  /** What needs no other. */
  other: (from: string, to: string) => Promise<void>;
}

export interface Mirrored {
  /** The RUNPATHs of the edited files. */
  runpaths: Map<string, string>;
  /** The directories that they are led to by what loads them. */
  inherited: Map<string, string[]>;
  /** The messages of what failed. */
  failures: Map<string, string>;
}

/**
 * The RUNPATH that leads a file to all that it is led to where it stands: its own search path, then the directories
 * that ld.so would look into; all relative to $ORIGIN, so that it holds in a copy of the tree.
 */
export function completeRunpath({ directories }: System, path: string, old: string[]): string {
  const from = (directory: string) => `$ORIGIN/${relative(dirname(path), directory)}`;
  const own = old.map((entry) => (entry.startsWith('/') ? from(entry) : entry));
  return [...new Set([...own, ...directories.map(from)])].join(':');
}

/**
 * The directories that a library is looked up in, besides its own search path, because what loads it has a DT_RPATH: that
 * holds for all below, which a DT_RUNPATH doesn't. By path; only of libraries without a DT_RUNPATH.
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
      const holder = directories.find((directory) => images.has(join(directory, library)));
      const found = join(holder ?? '', library);
      const known = inherited.get(found) ?? [];
      const all = [...new Set([...known, ...directories])];
      if (holder === undefined || all.length === known.length) continue;
      inherited.set(found, all);
      pass(found);
    }
  };
  for (const path of files) pass(path);
  return inherited;
}

/**
 * Makes a copy of the files under a folder, edited, with its own ld.so. A link from another directory becomes a file
 * of its own, since $ORIGIN is the directory of the link then.
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
    const target = placeIn(folder, path);
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
    if (!known.has(target)) symlinkSync(relative(dirname(path), target) || '.', placeIn(folder, path));
    else if (dirname(target) === dirname(path)) symlinkSync(basename(target), placeIn(folder, path));
    else await attempt(path, target);
  }
  return { runpaths, inherited, failures };
}

/** What can't be read is told of where it's edited. */
function imageOf(bytes: Buffer, path: string): [string, ElfImage][] {
  try {
    return [[path, readImage(bytes, path)]];
  } catch {
    return [];
  }
}

function placeIn(folder: string, path: string): string {
  const place = join(folder, path);
  mkdirSync(dirname(place), { recursive: true });
  return place;
}
