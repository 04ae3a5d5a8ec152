import { type BigIntStats, readdirSync, readFileSync, statSync } from 'node:fs';
import { printable } from '../../common/escape.ts';

/** A lock of /proc/locks (fs/locks.c). */
interface Lock {
  /** -1 if the kernel does not know the process. */
  pid: number;
  /** `MAJOR:MINOR` in hexadecimal. */
  device: string;
  inode: bigint;
}

/** `1: POSIX  ADVISORY  WRITE 708 fd:01:1234 0 EOF`. A process that waits for a lock has `->` before the kind. */
const writeLock = /^\d+: (?:POSIX|OFDLCK|FLOCK) +\S+ +WRITE +(-?\d+) ([0-9a-f]+:[0-9a-f]+):(\d+) /gm;

/**
 * Names the program that has locked one of these files for writing, such as `dnf (process 708)`. Undefined if there is
 * none, or if the kernel shows no locks. A file is only examined and not opened, so this needs no permission.
 */
export function writerOf(files: readonly BigIntStats[]): string | undefined {
  const lock = writeLocks().find((held) => files.some((stats) => isOn(held, stats)));
  return lock && programOf(lock.pid);
}

function writeLocks(): Lock[] {
  const table = orElse('', () => readFileSync('/proc/locks', 'utf8'));
  return [...table.matchAll(writeLock)].map(([, pid = '', device = '', inode = '']) => ({
    pid: Number(pid),
    device,
    inode: BigInt(inode),
  }));
}

/** On overlayfs and Btrfs the kernel's table has another device than stat(2). Then the process tells. */
function isOn(lock: Lock, { dev, ino }: BigIntStats): boolean {
  return lock.inode === ino && (lock.device === deviceOf(dev) || hasOpen(lock.pid, dev, ino));
}

function hasOpen(pid: number, dev: bigint, ino: bigint): boolean {
  const folder = `/proc/${pid}/fd`;
  return orElse<string[]>([], () => readdirSync(folder)).some((name) => {
    const stats = orElse(undefined, () => statSync(`${folder}/${name}`, { bigint: true }));
    return stats?.dev === dev && stats.ino === ino;
  });
}

/** Major and minor number of a device as /proc/locks has them (glibc sysdeps/unix/sysv/linux/gnu_dev_major). */
function deviceOf(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
  return [major, minor].map((number) => number.toString(16).padStart(2, '0')).join(':');
}

function programOf(pid: number): string {
  const name = orElse('', () => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  return name === '' ? 'another program' : `${printable(name)} (process ${pid})`;
}

function orElse<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
