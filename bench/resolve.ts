/**
 * What the resolver takes and what it leaves, on the RPM database of a real host: `node bench/resolve.ts DIRECTORY
 * PYTHON [MODULE…]`. DIRECTORY holds the database's files; a SQLite one that is compressed with xz (`.xz`) will do.
 * The host itself isn't needed: files of the recorded sizes, empty but for what they tell ld.so, stand in for its own.
 *
 * Prints packages and MB of the plan, of all packages that following every Requires would bring, and of their files in
 * lib and lib64 alone, which is what scylladb/scylla-python3 packs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../__tests__/layouts/databases.ts';
import { makeSkeleton, skeletonDatabase } from '../__tests__/layouts/skeleton.ts';
import { planOf } from '../__tests__/plan/host.ts';
import { Installed, isInstalled } from '../src/host/installed.ts';
import type { InstalledPackage } from '../src/host/package.ts';
import { Root } from '../src/host/root.ts';
import { readInstalled } from '../src/host/rpm.ts';

const [source, python = 'python3', ...modules] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node bench/resolve.ts DIRECTORY [PYTHON [MODULE…]]');
const scratch = mkdtempSync(join(tmpdir(), 'relopack-resolve-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const root = join(scratch, 'root');
makeSkeleton(openDatabase(source, join(scratch, 'database')), root);
const inside = new Root(root);
const packages = await readInstalled({ root: inside, dbpath: skeletonDatabase });

const start = performance.now();
const plan = planOf(new Installed(inside, packages), { python, modules });
const milliseconds = performance.now() - start;

const closure = [...plan.packages.keys(), ...plan.leftOut.map(({ package: pkg }) => pkg)];
const planned = plan.entries.reduce((sum, entry) => sum + (entry.type === 'file' ? entry.size : 0), 0);

/** Bytes that the files of packages have on the disk, as the database records them. */
function bytesOf(list: readonly InstalledPackage[], which: RegExp): number {
  const files = list.flatMap((pkg) => pkg.files).filter((file) => isInstalled(file) && which.test(file.path));
  return files.reduce((sum, { size, mode }) => sum + ((mode & 0o170000) === 0o100000 ? size : 0), 0);
}

const row = (what: string, count: number, bytes: number) =>
  console.log(what.padEnd(44), `${count}`.padStart(8), (bytes / 1e6).toFixed(1).padStart(8));
console.log(
  `${plan.interpreter.package.name} ${plan.interpreter.release}, ${packages.length} packages installed`,
);
console.log(''.padEnd(44), 'packages', '      MB');
row('following every Requires', closure.length, bytesOf(closure, /^/));
row('lib and lib64 of these', closure.length, bytesOf(closure, /^\/(?:usr\/)?lib(?:64)?\//));
row('relopack', plan.packages.size, planned);
row('relopack --no-bytecode', plan.packages.size, planned - bytecode());
console.log(`planned in ${(milliseconds / 1000).toFixed(2)} s`);

function bytecode(): number {
  return plan.entries.reduce(
    (sum, entry) => sum + (entry.type === 'file' && entry.path.endsWith('.pyc') ? entry.size : 0),
    0,
  );
}
