import { type Output, withOutput, writeNewFile } from '../../../src/archive/output.ts';

/** Writes an output. `check` gets its temporary name before it gets its final name. */
export async function writeOutput(
  path: string,
  bytes: AsyncIterable<Buffer>,
  check: (temporary: string) => Promise<void> = async () => {},
): Promise<Output> {
  return await withOutput(
    path,
    (temporary) => writeNewFile(temporary, bytes, path),
    async (temporary) => {
      await check(temporary);
      return {};
    },
  );
}
