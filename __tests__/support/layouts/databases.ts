import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { must } from '../run.ts';

/** Copies the files of a database, decompresses them, and rebuilds the indexes. `source` is not changed. */
export async function openDatabase(source: string, directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const entries = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name: file } of entries) {
    if (!file.endsWith('.xz')) copyFileSync(join(source, file), join(directory, file));
    else writeFileSync(join(directory, basename(file, '.xz')), await decompressed(join(source, file)));
  }
  await must('rpm', ['--dbpath', directory, '--rebuilddb']);
  return directory;
}

async function decompressed(file: string): Promise<Buffer> {
  return (await must('xz', ['--decompress', '--stdout', '--', file])).stdout;
}
