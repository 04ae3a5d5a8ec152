import { ElfBytes } from '../bytes.ts';
import { nowhere } from './loader.ts';

/**
 * The files of the machine that glibc maps by itself, as its own strings name them: locales and their archive
 * (locale/findlocale.c, locale/loadarchive.c), message catalogs (intl/dcgettext.c), and the modules of iconv with
 * their cache (iconv/gconv_cache.c, iconv/gconv_conf.c). All of them belong to another glibc than the one packed.
 */
const ownFiles =
  /\/usr\/(?:lib\/locale(?:\/locale-archive)?|share\/locale|lib\w*\/(?:[\w.-]+\/)?gconv(?:\/gconv-modules\.cache)?)(?=\0)/g;
const closedLocales = `${nowhere}${'/usr/lib/locale'.slice(nowhere.length)}\0`;

/**
 * libc.so.6, changed so that it maps no file of the machine it runs on: locales come from LOCPATH alone, and iconv
 * knows the encodings that are built in. Same length; the input itself where it has been changed before.
 * `name` is for messages. Throws RelopackError('elf-unsupported') where it names no directory of locales.
 */
export function isolateLibc(bytes: Buffer, name: string): Buffer {
  if (bytes.includes(closedLocales, 'latin1')) return bytes;
  const isolated = Buffer.from(bytes);
  for (const { 0: path, index } of bytes.toString('latin1').matchAll(ownFiles)) {
    isolated.write(nowhere + path.slice(nowhere.length), index, 'latin1');
  }
  if (!isolated.includes(closedLocales, 'latin1')) {
    throw new ElfBytes(bytes, name).unsupported(
      'it names no directory of locales, so it is not glibc as we know it',
    );
  }
  return isolated;
}
