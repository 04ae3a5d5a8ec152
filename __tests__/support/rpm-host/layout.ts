import { chmod, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { must } from '../run.ts';

/** A path in Debian's layout (regular expression) and its replacement; null if no package of the host contains it. */
export type Rule = [from: RegExp, to: string | null];

const triplet = 'x86_64-linux-gnu';

/** The rules that turn Debian's layout into Fedora's. Each rule is applied to the result of the rules before it. */
const rules: Rule[] = [
  [/^\/usr\/share\/(lintian|bug|doc-base|python3|gdb|libgcrypt20|numpy3|perl5|dh-python)\/.*/, null],
  [/^\/usr\/(bin|share\/man\/man1)\/dh_.*/, null],
  [/^\/usr\/share\/doc\/[^/]+\/copyright$/, '/usr/share/licenses/@NAME@/copyright'],
  [/^\/usr\/share\/doc\/[^/]+(?=\/|$)/, '/usr/share/doc/@NAME@'],
  [/^\/(bin|sbin|lib|lib64)(?=\/)/, '/usr/$1'],
  [new RegExp(`^/usr/lib/${triplet}(?=/)`), '/usr/lib64'],
  [/^\/usr\/lib\/terminfo(?=\/)/, '/usr/share/terminfo'],
  [/^\/usr\/lib\/python3\/dist-packages(?=\/)/, '@SITE@'],
];

/**
 * Unpacks Debian packages into `stage` and moves every file to its place in Fedora.
 *
 * `name` is the package whose folder gets documents and licenses. Python modules are moved to /usr/lib64 if one of them
 * is a compiled extension, else to /usr/lib, as in Fedora.
 */
export async function unpackAs(name: string, stage: string, debs: string[], own: Rule[]): Promise<void> {
  const debian = `${stage}.debian`;
  await rm(debian, { recursive: true, force: true });
  for (const deb of debs) await must('dpkg-deb', ['--extract', deb, debian]);
  const files = debs.length === 0 ? [] : await tree(debian);
  const compiled = files.some((file) => /\/dist-packages\/.*\.so$/.test(file));
  const site = `/usr/${compiled ? 'lib64' : 'lib'}/python3.11/site-packages`;
  const place = (path: string) => [...rules, ...own].reduce((at, rule) => move(at, rule, name, site), path);

  for (const file of files) {
    const from = join(debian, file);
    const to = place(file);
    if (to === '') continue;
    const target = join(stage, to);
    await mkdir(dirname(target), { recursive: true });
    const found = await lstat(from);
    if (found.isSymbolicLink()) await relink(file, to, await readlink(from), target, place);
    else await rename(from, target);
    if (found.isFile() && /\.so(\.|$)/.test(to)) await chmod(target, 0o755);
    if (found.isFile() && to.startsWith('/usr/share/doc/')) await chmod(target, 0o644);
  }
  await rm(debian, { recursive: true, force: true });
}

function move(path: string, [from, to]: Rule, name: string, site: string): string {
  if (to === null) return from.test(path) ? '' : path;
  return path.replace(from, to.replace('@NAME@', name).replace('@SITE@', site));
}

async function relink(
  file: string,
  to: string,
  link: string,
  target: string,
  place: (path: string) => string,
): Promise<void> {
  const aim = place(resolve(dirname(file), link));
  if (aim === to || aim === '') return;
  const short = link.startsWith('/') ? aim : relative(dirname(to), aim);
  await symlink(short, target);
}

/** All files and links under a folder, as absolute paths within it, sorted. */
export async function tree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => `/${relative(folder, join(entry.parentPath, entry.name))}`).sort();
}
