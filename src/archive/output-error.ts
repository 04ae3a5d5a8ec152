import { RelopackError } from '../common/error.ts';
import { type Message, message, option } from '../common/message.ts';

const anotherDirectory = message`Give a directory that you may write to with ${option('output')}.`;
const moreRoom = message`Free some room, or give a directory on another disk with ${option('output')}.`;

/** The codes of errno(3) in words, for a user who wants to write a file, and what to do about each. */
const causes: Record<string, [problem: string, remedy: Message]> = {
  ENOENT: [
    'its directory does not exist',
    message`Create the directory, or give another one with ${option('output')}.`,
  ],
  ENOTDIR: ['a part of its path is not a directory', message`Give another path with ${option('output')}.`],
  EACCES: ['its directory is not writable', anotherDirectory],
  EPERM: ['its directory does not allow it', anotherDirectory],
  EROFS: [
    'its file system is read-only',
    message`Give a directory on another file system with ${option('output')}.`,
  ],
  ENOSPC: ['the disk is full', moreRoom],
  EDQUOT: ['the disk quota is used up', moreRoom],
  EFBIG: ['it is larger than allowed here', 'Raise the limit (ulimit -f), or use another file system.'],
  ENAMETOOLONG: ['its name is too long', message`Give a shorter name with ${option('output')}.`],
};

/** Calls `action`. If the file system refuses, throws RelopackError 'output' that names `path`. */
export function orOutputError<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw outputError(path, error);
  }
}

function outputError(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'code' in cause && typeof cause.code === 'string')) return cause;
  const [problem, remedy] = causes[cause.code] ?? [
    cause.message,
    message`Give another path with ${option('output')}.`,
  ];
  return new RelopackError('output', `cannot write ${path}: ${problem}`, remedy, { cause });
}
