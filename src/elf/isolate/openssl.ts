import { ElfBytes } from '../bytes.ts';

const moduleDirectory = /(?<=\0)(\/[^\0]*)(\/ossl-modules|\/engines-[\d.]+)(?=\0)/g;
const besideItself = '$ORIGIN';

/**
 * libcrypto, changed so that it looks for its providers and engines beside itself. Their directories are compiled in
 * (MODULESDIR, ENGINESDIR); libcrypto gives them to dlopen(), which expands $ORIGIN to the directory of the caller.
 * Same length; the input itself where there is nothing to change. `name` is for messages.
 * Throws RelopackError('elf-unsupported') where a directory is too short to be replaced.
 */
export function relocateModuleDirs(bytes: Buffer, name: string): Buffer {
  const found = [...bytes.toString('latin1').matchAll(moduleDirectory)];
  if (found.length === 0) return bytes;
  const relocated = Buffer.from(bytes);
  for (const { 0: directory, 1: parent = '', 2: base = '', index } of found) {
    if (parent.length < besideItself.length) {
      throw new ElfBytes(bytes, name).unsupported(`there is no room to move ${directory}`);
    }
    relocated.fill(0, index, index + directory.length);
    relocated.write(besideItself + base, index, 'latin1');
  }
  return relocated;
}
