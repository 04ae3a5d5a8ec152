import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command } from '../rpm/command.ts';

/** Copies a database out of a directory that stays as it is, decompressed and with its indexes made again. */
export function openDatabase(source: string, directory: string): string {
  mkdirSync(directory, { recursive: true });
  const entries = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name: file } of entries) {
    if (!file.endsWith('.xz')) copyFileSync(join(source, file), join(directory, file));
    else writeFileSync(join(directory, basename(file, '.xz')), decompressed(join(source, file)));
  }
  command('rpm', ['--dbpath', directory, '--rebuilddb']);
  return directory;
}

function decompressed(file: string): Buffer {
  const { status, stdout, stderr } = spawnSync('xz', ['--decompress', '--stdout', '--', file], {
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`xz can't read ${file}: ${stderr}`);
  return stdout;
}
