import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { loads, readSegments, type Segment } from '../../../src/elf/segments.ts';
import { run } from '../run.ts';
import type { System } from './system.ts';
import { inParallel, output } from './tools.ts';

/** Copies a tree to FOLDER.stripped, and strips these files in the copy. Returns the paths of those that strip refuses. */
export async function stripCopy(folder: string, paths: string[]): Promise<Set<string>> {
  await output('cp', '--archive', '--', folder, `${folder}.stripped`);
  const codes = await inParallel(paths, async (path) => {
    const { code } = await run('strip', ['--', join(`${folder}.stripped`, path)]);
    return code;
  });
  return new Set(paths.filter((_, index) => codes[index] !== 0));
}

/**
 * The files that strip breaks even without an edit, so that strip cannot test an edit of them. It moves a segment in memory, or to
 * an offset at which it cannot be mapped. Such files come from patchelf (segments without a section) and from BOLT.
 */
export async function brokenByStrip({ root }: System, paths: string[], folder: string): Promise<Set<string>> {
  const broken = await inParallel([...paths.entries()], async ([index, path]) => {
    const copy = join(folder, `${index}`);
    writeFileSync(copy, root.read(path));
    const addresses = segmentsOf(copy).map(({ vaddr }) => vaddr);
    await run('strip', ['--', copy]);
    const after = segmentsOf(copy);
    rmSync(copy);
    const stay = after.every(
      ({ vaddr, offset }, at) => vaddr === addresses[at] && (vaddr - offset) % 4096 === 0,
    );
    return !stay || after.length !== addresses.length;
  });
  return new Set(paths.filter((_, index) => broken[index]));
}

/** The PT_LOAD segments of a file, valid or not. */
function segmentsOf(path: string): Segment[] {
  const file = new ElfBytes(readFileSync(path), path);
  return loads(readSegments(file, file.get(file.format.header, 0, 'phoff')));
}
