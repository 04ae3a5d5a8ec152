/**
 * Writes an output in a separate process, which tests limit, watch or kill. The arguments are the path, the number of
 * pieces of 64 KiB, and the milliseconds between them. Prints `writing` after the first piece, and the result as JSON.
 */
import { setTimeout } from 'node:timers/promises';
import { RelopackError } from '../../../src/common/error.ts';
import { writeOutput } from './output.ts';

const [path = '', pieces, pause] = process.argv.slice(2);

async function* content(): AsyncGenerator<Buffer> {
  for (let piece = 0; piece < Number(pieces); piece += 1) {
    yield Buffer.alloc(64 * 1024, String(piece));
    if (piece === 0) console.log('writing');
    await setTimeout(Number(pause));
  }
}

try {
  console.log(JSON.stringify(await writeOutput(path, content())));
} catch (error) {
  if (!(error instanceof RelopackError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message, remedy: error.remedy }));
  process.exitCode = 1;
}
