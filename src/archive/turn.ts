import { closeSync, openSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { RelopackError } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import { withScratch } from '../common/scratch.ts';
import { orOutputError } from './output-error.ts';

/** The limit for attempts to get a turn. They take some seconds, and an action takes less than a millisecond. */
const maxAttempts = 250;

/** Milliseconds between two attempts, at most. Chance decides, so that two runs do not get in each other's way twice. */
const maxPause = 40;

/**
 * Calls `action` while no other run does so for the same path. Each run makes a ticket beside the file, and then looks for
 * other tickets: of two runs at least one sees the other. It takes its ticket back and tries again. The ticket of a killed
 * run is removed as all scratch files are. A lock of the kernel (flock(2)) would need no files, but Node has none.
 *
 * Throws RelopackError 'output' if another run keeps its ticket.
 */
export async function inTurn<T>(path: string, action: () => T): Promise<T> {
  const [directory, name] = [dirname(path), `${basename(path)}.lock`];
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const done = await withScratch(directory, name, async (ticket) => {
      orOutputError(path, () => closeSync(openSync(ticket, 'wx')));
      const tickets = readdirSync(directory).filter((found) => found.startsWith(`.${name}.`));
      return tickets.length > 1 ? undefined : { result: action() };
    });
    if (done !== undefined) return done.result;
    await setTimeout(maxPause * Math.random());
  }
  throw new RelopackError(
    'output',
    `cannot write ${path}: another run is writing it`,
    message`Wait for the other run, or give another path with ${option('output')}.`,
  );
}
