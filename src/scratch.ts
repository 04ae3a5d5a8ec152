import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** What this process has under temporary names right now. */
const live = new Set<string>();

/** Not SIGHUP: whoever ignores it, under nohup, would stop to do so by our handler. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Lends a temporary path to `use`: `.NAME.PID-RANDOM` in that directory, where nothing stands yet. Whatever `use` made
 * there, a file or a directory, is gone when it has settled, and also when the process ends by exit(), an error,
 * SIGINT or SIGTERM. What an earlier process that was killed left of the same name is removed first.
 */
export async function withScratch<T>(
  directory: string,
  name: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  removeAbandoned(directory, name);
  const path = join(directory, `.${name}.${process.pid}-${randomBytes(4).toString('hex')}`);
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
    if (!isAbandoned(found, name) || live.has(path)) continue;
    // In a directory that others may write to, what is theirs is none of our business.
    if (lstatSync(path, { throwIfNoEntry: false })?.uid === process.geteuid?.()) remove(path);
  }
}

/** Whether the process that the temporary name carries has ended. Our own number may have been another's before. */
function isAbandoned(found: string, name: string): boolean {
  const pid = found.startsWith(`.${name}.`)
    ? /^(\d+)-[0-9a-f]{8}$/.exec(found.slice(name.length + 2))?.[1]
    : undefined;
  return pid !== undefined && (Number(pid) === process.pid || !runs(Number(pid)));
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
