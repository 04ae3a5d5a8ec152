/**
 * Writes outputs of one name in a separate process. The arguments are the path and a text, and how many outputs there are.
 * Before each gets its name, it prints `ready` and waits for a line on stdin. Then it prints `done`, or `failed` if
 * relopack refuses.
 */
import { createInterface } from 'node:readline';
import { RelopackError } from '../../../src/common/error.ts';
import { writeOutput } from './output.ts';

const [path = '', text = '', count] = process.argv.slice(2);
const lines = createInterface(process.stdin)[Symbol.asyncIterator]();

async function* content(round: number): AsyncGenerator<Buffer> {
  yield Buffer.from(`${text} ${round}`);
}

for (let round = 0; round < Number(count); round++) {
  try {
    await writeOutput(path, content(round), async () => {
      console.log('ready');
      await lines.next();
    });
    console.log('done');
  } catch (error) {
    if (!(error instanceof RelopackError)) throw error;
    console.log('failed');
  }
}
process.exit();
