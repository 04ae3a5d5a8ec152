import { ElfBytes } from '../bytes.ts';
import { closedPath } from './closed-path.ts';

/**
 * The paths in libc.so.6 of files that glibc maps by itself. On another machine they all belong to another glibc.
 * - locales and their archive: locale/findlocale.c, locale/loadarchive.c
 * - message catalogs: intl/dcgettext.c
 * - the modules of iconv and their cache: iconv/gconv_cache.c, iconv/gconv_conf.c
 */
const mappedFiles =
  /\/usr\/(?:lib\/locale(?:\/locale-archive)?|share\/locale|lib\w*\/(?:[\w.-]+\/)?gconv(?:\/gconv-modules\.cache)?)(?=\0)/g;
const closedLocales = `${closedPath('/usr/lib/locale')}\0`;

/**
 * Returns a copy of libc.so.6 that maps no file of the machine. It finds locales by LOCPATH alone, and its iconv has only
 * the built-in encodings. The length stays the same. Returns `bytes` itself if it is isolated already.
 * `name` is the file's name in errors. Throws RelopackError('elf-unsupported') if the file contains no locale directory.
 */
export function isolateLibc(bytes: Buffer, name: string): Buffer {
  if (bytes.includes(closedLocales, 'latin1')) return bytes;
  const isolated = Buffer.from(bytes);
  for (const { 0: path, index } of bytes.toString('latin1').matchAll(mappedFiles)) {
    isolated.write(closedPath(path), index, 'latin1');
  }
  if (!isolated.includes(closedLocales, 'latin1')) {
    throw new ElfBytes(bytes, name).unsupported(
      'it does not contain /usr/lib/locale, so it is not a supported glibc',
    );
  }
  return isolated;
}
