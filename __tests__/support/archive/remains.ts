import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The state in which a killed run may leave an archive and its checksum. */
export type Remains = 'nothing' | 'archive and checksum' | 'archive without checksum';

/** The state of an archive in a directory. Throws if it is half-made, or if a checksum is not of the archive. */
export function remainsOf(directory: string, name: string): Remains {
  const [archive, checksum] = [join(directory, name), join(directory, `${name}.sha256`)];
  const visible = readdirSync(directory).filter((found) => !found.startsWith('.'));
  const others = visible.filter((found) => found !== name && found !== `${name}.sha256`);
  if (others.length > 0) throw new Error(`there is also ${others}`);
  if (!existsSync(archive)) {
    if (existsSync(checksum)) throw new Error('there is a checksum without an archive');
    return 'nothing';
  }
  const bytes = readFileSync(archive);
  // It throws if the gzip is truncated.
  gunzipSync(bytes);
  if (!existsSync(checksum)) return 'archive without checksum';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (readFileSync(checksum, 'utf8') !== `${sha256}  ${name}\n`)
    throw new Error('the checksum is not of the archive');
  return 'archive and checksum';
}

/** The numbers of the processes that have a variable in their environment, given as NAME=value. */
export function processesWith(variable: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(variable)
      );
    } catch {
      return false;
    }
  });
}
