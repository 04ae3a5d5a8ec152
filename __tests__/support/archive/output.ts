import { type Output, withOutput, writeNewFile } from '../../../src/archive/output.ts';

/** Writes an output. `check` gets its temporary name before it is renamed. */
export async function writeOutput(
  path: string,
  bytes: AsyncIterable<Buffer>,
  check: (temporary: string) => Promise<void> = async () => {},
): Promise<Output> {
  return await withOutput(path, async (temporary) => {
    const written = await writeNewFile(temporary, bytes, path);
    await check(temporary);
    return written;
  });
}
