import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The directory for everything that is built for the tests. It is outside the checkout. */
export const cacheFolder: string =
  process.env.RELOPACK_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'relopack');

/** A digest of texts: sixteen hex digits. */
export function digest(...texts: string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}

/** The texts of recipe files beside this one, for a digest. If one changes, the host is built again. */
export async function recipe(...names: string[]): Promise<string> {
  const texts = await Promise.all(names.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
  return texts.join('\0');
}

/**
 * The folder NAME-KEY in the cache, or in another place. If it is missing, `build` fills it under a temporary name. It
 * gets its final name when it is complete. Then folders of the same name with other keys are removed.
 */
export async function cached(
  name: string,
  key: string,
  build: (folder: string) => Promise<void>,
  place: string = cacheFolder,
): Promise<string> {
  const folder = join(place, `${name}-${key}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await build(unfinished);
  await rename(unfinished, folder);
  const older = (await readdir(place)).filter(
    (entry) =>
      entry.startsWith(`${name}-`) && /^[0-9a-f]{16}(\.unfinished)?$/.test(entry.slice(name.length + 1)),
  );
  for (const entry of older) {
    if (entry !== `${name}-${key}`) await rm(join(place, entry), { recursive: true, force: true });
  }
  return folder;
}

/** Runs `work` while this process holds the lock of this name. The lock of a process that ended is ignored. */
export async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  await mkdir(cacheFolder, { recursive: true });
  const lock = join(cacheFolder, `${name}.lock`);
  while (!(await take(lock))) await setTimeout(500);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Tries to take a lock, and removes the lock of a process that ended. Whether this process holds it now. */
async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (holder > 0 && !existsSync(`/proc/${holder}`)) await rm(lock, { force: true });
    return false;
  }
}
