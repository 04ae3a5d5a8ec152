import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** What this process has under temporary names right now. */
const live = new Set<string>();

/** In milliseconds; no job takes that long. */
const longest = 24 * 3600 * 1000;

/** Not SIGHUP: whoever ignores it, under nohup, would stop to do so by our handler. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Lends a temporary path to `use`: `.NAME.NAMESPACE-PID-RANDOM` in that directory, where nothing stands yet. Whatever `use` made
 * there, a file or a directory, is gone when it has settled, and also when the process ends by exit(), an error,
 * SIGINT or SIGTERM. What an earlier process that was killed left of the same name is removed first.
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
    // In a directory that others may write to, what is theirs is none of our business.
    if (stats?.uid === process.geteuid?.() && isAbandoned(found, name, stats?.mtimeMs ?? 0)) remove(path);
  }
}

/**
 * Whether the process that the temporary name carries has ended. Our own number may have been another's before. Of a
 * process in another container that shares the directory only the time tells.
 */
function isAbandoned(found: string, name: string, changed: number): boolean {
  const [, of, pid] =
    (found.startsWith(`.${name}.`) && /^(\d+)-(\d+)-[0-9a-f]{8}$/.exec(found.slice(name.length + 2))) || [];
  if (pid === undefined) return false;
  if (of !== namespace()) return Date.now() - changed > longest;
  return Number(pid) === process.pid || !runs(Number(pid));
}

/** The PID namespace, by its number: a PID means nothing in another one. See pid_namespaces(7). */
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
    // EPERM: there is one, and it is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What cannot be removed is left to the next run: that must not hide why this one failed. */
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
  for (const signal of SIGNALS) process.on(signal, endBy);
}

function unlisten(): void {
  process.off('exit', removeLive);
  for (const signal of SIGNALS) process.off(signal, endBy);
}

/** Ends the process the way the signal would have done by itself, so that the parent sees its cause. */
function endBy(signal: NodeJS.Signals): void {
  removeLive();
  unlisten();
  process.kill(process.pid, signal);
  // Still here: the first process of a container is spared the signals that it does not handle.
  process.exit(128 + constants.signals[signal]);
}
