import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** The scratch paths that this process uses now. */
const live = new Set<string>();

/** The age, in milliseconds, from which a file is abandoned even if its process cannot be seen. No job is that long. */
const maxAge = 24 * 3600 * 1000;

/** Not SIGHUP: a handler would override nohup, which ignores it. */
const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Lends a temporary path to `use`: `.NAME.NAMESPACE-PID-RANDOM` in `directory`, which does not exist yet. The file or
 * directory that `use` makes there is removed when `use` has settled. It is also removed if the process ends by exit(),
 * an error, SIGINT or SIGTERM. Before that, files of the same name are removed that a killed process has left.
 */
export async function withScratch<T>(
  directory: string,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  removeAbandoned(directory, name);
  const path = join(directory, `.${name}.${namespace()}-${process.pid}-${randomBytes(4).toString('hex')}`);
  if (live.size === 0) listen();
  live.add(path);
  try {
    return await use(path);
  } finally {
    remove(path);
    live.delete(path);
    if (live.size === 0) unlisten();
  }
}

function removeAbandoned(directory: string, name: string): void {
  for (const found of list(directory)) {
    const path = join(directory, found);
    const stats = live.has(path) ? undefined : lstatSync(path, { throwIfNoEntry: false });
    // Other users can write to the directory too: leave their files alone.
    if (stats?.uid === process.geteuid?.() && isAbandoned(found, name, stats?.mtimeMs ?? 0)) remove(path);
  }
}

/**
 * Whether the process whose number is in the name has ended. An earlier process can have had our own number. If the
 * process is in another container that shares the directory, only the file's age tells.
 */
function isAbandoned(found: string, name: string, changed: number): boolean {
  const [, of, pid] =
    (found.startsWith(`.${name}.`) && /^(\d+)-(\d+)-[0-9a-f]{8}$/.exec(found.slice(name.length + 2))) || [];
  if (pid === undefined) return false;
  if (of !== namespace()) return Date.now() - changed > maxAge;
  return Number(pid) === process.pid || !runs(Number(pid));
}

/** The number of the PID namespace. A PID means nothing in another namespace, see pid_namespaces(7). */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ignores errors, which would hide why the run failed. The next run tries again. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {}
}

function removeLive(): void {
  for (const path of live) remove(path);
}

function listen(): void {
  process.on('exit', removeLive);
  for (const signal of signals) process.on(signal, endBy);
}

function unlisten(): void {
  process.off('exit', removeLive);
  for (const signal of signals) process.off(signal, endBy);
}

/** Ends the process by the same signal, so that the parent sees the cause. */
function endBy(signal: NodeJS.Signals): void {
  removeLive();
  unlisten();
  process.kill(process.pid, signal);
  // The first process of a container ignores a signal that it does not handle, and is still here.
  process.exit(128 + constants.signals[signal]);
}
