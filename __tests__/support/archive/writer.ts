/**
 * Writes an output in a separate process, which tests limit, watch or kill. The arguments are the path, the number of
 * pieces of 64 KiB, the milliseconds between them, and `gzip` if they are compressed. Prints `writing` after the first piece, and the result as JSON.
 */
import { setTimeout } from 'node:timers/promises';
import { gzip } from '../../../src/archive/gzip.ts';
import { RelopackError } from '../../../src/common/error.ts';
import { writeOutput } from './output.ts';

const [path = '', pieces, pause, form] = process.argv.slice(2);

async function* content(): AsyncGenerator<Buffer> {
  for (let piece = 0; piece < Number(pieces); piece += 1) {
    yield Buffer.alloc(64 * 1024, String(piece));
    if (piece === 0) console.log('writing');
    await setTimeout(Number(pause));
  }
}

try {
  console.log(
    JSON.stringify(await writeOutput(path, form === 'gzip' ? gzip(content(), { level: 1 }) : content())),
  );
} catch (error) {
  if (!(error instanceof RelopackError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message, remedy: error.remedy }));
  process.exitCode = 1;
}
