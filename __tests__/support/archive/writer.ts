/**
 * Writes an output as a process of its own, for tests that limit, watch or kill it: PATH, how many pieces of 64 KiB,
 * and milliseconds between them. Says `writing` after the first piece, and how it ended as JSON.
 */
import { setTimeout } from 'node:timers/promises';
import { writeOutput } from '../../../src/archive/output.ts';
import { RelopackError } from '../../../src/common/error.ts';

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
