import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { RelopackError } from '../../common/error.ts';
import { type ElfImage, readImage } from '../../elf/image.ts';
import { skim } from '../../elf/parts/skim.ts';

/** Bytes of one file that are read. Large sections of code and data are not, so no real library needs as many. */
const maxRead = 128 * 1024 ** 2;

/**
 * Reads the image of an ELF file on the disk. `name` is its name in errors.
 *
 * Throws RelopackError 'elf-malformed', and 'elf-unsupported' if most of a large file would have to be read.
 */
export function readElf(path: string, name: string): ElfImage {
  const file = openSync(path, 'r');
  try {
    let read = 0;
    const bytes = skim(fstatSync(file).size, (into, at) => {
      read += into.length;
      if (read > maxRead) throw tooLarge(name);
      for (let done = 0, got = -1; done < into.length && got !== 0; done += got)
        got = readSync(file, into, done, into.length - done, at + done);
    });
    return readImage(bytes, name);
  } finally {
    closeSync(file);
  }
}

function tooLarge(name: string): RelopackError {
  return new RelopackError(
    'elf-unsupported',
    `${name} cannot be checked: more than ${maxRead} bytes of it are outside of its sections`,
    'Unpack the archive, and check the file with readelf -d.',
  );
}
