/**
 * Compares what relopack packs with what others would pack, on the RPM database of a real host: `node bench/resolve.ts
 * DIRECTORY [PYTHON [MODULE…]]`. DIRECTORY contains the files of the database. A SQLite database may be compressed with
 * xz (`.xz`). This machine's rpm must be able to read it: Debian's reads SQLite and Berkeley DB. The host itself is not
 * needed: its files are replaced by stubs of the recorded sizes, see makeSkeleton.
 *
 * Prints packages and MB of the plan, of all packages that the Requires lead to, and of the files that
 * scylladb/scylla-python3 packs of these: files in lib and lib64, without bytecode and locales, and without the packages
 * on its list.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../__tests__/support/layouts/databases.ts';
import { makeSkeleton, skeletonDatabase } from '../__tests__/support/layouts/skeleton.ts';
import { planOf } from '../__tests__/support/plan/host.ts';
import { openRoot } from '../src/host/root.ts';
import { Installed, isInstalled } from '../src/rpm/installed.ts';
import type { InstalledPackage } from '../src/rpm/package.ts';
import { readInstalled } from '../src/rpm/read-database.ts';

const [source, python = 'python3', ...modules] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node bench/resolve.ts DIRECTORY [PYTHON [MODULE…]]');
const scratch = mkdtempSync(join(tmpdir(), 'relopack-resolve-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const root = join(scratch, 'root');
await makeSkeleton(await openDatabase(source, join(scratch, 'database')), root);
const inside = openRoot(root);
const packages = await readInstalled({ root: inside, dbpath: skeletonDatabase });

const start = performance.now();
const plan = await planOf(new Installed(inside, packages), { python, modules });
const milliseconds = performance.now() - start;

const closure = [...plan.packages.keys(), ...plan.leftOut.map(({ package: pkg }) => pkg)];
const planned = plan.entries.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.size : 0), 0);

/** The size of the packages' files on the disk, as the database records it, in bytes. */
function bytesOf(list: readonly InstalledPackage[], which: RegExp): number {
  const files = list.flatMap((pkg) => pkg.files).filter((file) => isInstalled(file) && which.test(file.path));
  return files.reduce((sum, { size, mode }) => sum + ((mode & 0o170000) === 0o100000 ? size : 0), 0);
}

/** The packages on the list of scylla-python3, which it never packs. */
const basic =
  /^(?:filesystem|tzdata|chkconfig|basesystem|coreutils|fedora-(?:release|repos|gpg-keys)|glibc-(?:minimal-langpack|all-langpacks))/;
const original = closure.filter(({ name }) => !basic.test(name));
const originalFiles =
  /^(?!.*\/__pycache__\/)(?:\/usr\/bin\/python3\.|(?!\/lib64\/ld-linux|\/usr\/lib\/sysimage)\/(?:usr\/(?:local\/)?)?lib(?:64)?\/(?!locale\/|\.build-id\/))/;

function bytecode(): number {
  const files = plan.entries.filter(({ path }) => path.endsWith('.pyc'));
  return files.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.size : 0), 0);
}

const row = (what: string, count: number, bytes: number) =>
  console.log(what.padEnd(34), `${count}`.padStart(8), (bytes / 1e6).toFixed(1).padStart(8));
console.log(
  `${plan.interpreter.package.name} ${plan.interpreter.release}, ${packages.length} packages installed`,
);
console.log(''.padEnd(34), 'packages', '      MB');
row('following every Requires', closure.length, bytesOf(closure, /^/));
row('scylla-python3 of these', original.length, bytesOf(original, originalFiles));
row('relopack', plan.packages.size, planned);
row('relopack without bytecode', plan.packages.size, planned - bytecode());
console.log(`planned in ${(milliseconds / 1000).toFixed(2)} s`);
