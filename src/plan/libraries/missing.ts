import { RelopackError } from '../../common/error.ts';
import { message, option } from '../../common/message.ts';
import { quotedShellWord } from '../../common/shell-word.ts';
import type { Distribution } from '../../host/os-release.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { nevra } from '../../rpm/package.ts';
import type { SelectedFile } from '../selected-file.ts';

/** The error 'library-missing', which names every library that is needed and not found, and the files that need it. */
export function missingLibraries(
  missing: ReadonlyMap<SelectedFile, readonly string[]>,
  { identity }: Interpreter,
  { install }: Distribution,
): RelopackError {
  const sonames = new Set([...missing.values()].flat());
  const list = [...sonames].map((soname) => {
    const [first, ...more] = [...missing].flatMap(([selected, absent]) =>
      absent.includes(soname) ? [selected] : [],
    );
    const owner = first?.owned === undefined ? '' : ` of ${nevra(first.owned.package)}`;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `${soname} (needed by ${first?.host}${owner}${others})`;
  });
  // The names that rpm's elfdeps.c gives to sonames: without a mark for 32 bits.
  const mark = identity.class === 64 ? '()(64bit)' : '';
  // A path is a capability of the package that owns the file.
  const capability = (soname: string) => (soname.includes('/') ? soname : `${soname}${mark}`);
  const capabilities = [...sonames].map((soname) => quotedShellWord(capability(soname))).join(' ');
  return new RelopackError(
    'library-missing',
    `libraries are not installed: ${list.join(', ')}`,
    message`Install them: ${install} ${capabilities}. Or leave out the files that need them with ${option('exclude')}; their modules may not work then.`,
  );
}
