import { ElfBytes } from '../bytes.ts';

/** The directories of providers and engines that are compiled into libcrypto: MODULESDIR and ENGINESDIR. */
const moduleDirectory = /(?<=\0)(\/[^\0]*)(\/ossl-modules|\/engines-[\d.]+)(?=\0)/g;
/** libcrypto gives the directory to dlopen(), which replaces this by the directory of the file that calls it. */
const ownDirectory = '$ORIGIN';

/**
 * Returns a copy of OpenSSL's libcrypto that loads its providers and engines from beside itself, and none of the
 * machine. The length stays the same. Returns `bytes` itself if it contains no such directory.
 * `name` is the file's name in errors. Throws RelopackError('elf-unsupported') if a directory is too short to replace.
 */
export function isolateOpenssl(bytes: Buffer, name: string): Buffer {
  const found = [...bytes.toString('latin1').matchAll(moduleDirectory)];
  if (found.length === 0) return bytes;
  const isolated = Buffer.from(bytes);
  for (const { 0: directory, 1: parent = '', 2: base = '', index } of found) {
    if (parent.length < ownDirectory.length) {
      throw new ElfBytes(bytes, name).unsupported(
        `the directory ${directory} is too short to be replaced by ${ownDirectory}${base}`,
      );
    }
    isolated.fill(0, index, index + directory.length);
    isolated.write(ownDirectory + base, index, 'latin1');
  }
  return isolated;
}
