/**
 * Sets the RUNPATH of every ELF file of a system with relopack and with patchelf, and judges both with readelf,
 * eu-elflint, ld.so and strip. Prints figures, and every objection to a file of relopack. Fails if there is one.
 *
 * `node bench/elf-differential.ts [--sample N] [--only TEXT] [SYSTEM…]`. A SYSTEM is `machine`, `host` (the RPM host of
 * the tests) or an architecture of Debian, which runs in qemu. The default is `machine host`. All files are edited.
 * All are judged, unless `--sample` gives a number of files, or `--only` a text that their paths contain.
 */
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { architectures } from '../__tests__/support/elf/architectures.ts';
import { type Account, differential } from '../__tests__/support/elf/differential.ts';
import { contents, foreign, rooted, type System, thisMachine } from '../__tests__/support/elf/system.ts';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { cacheFolder } from '../__tests__/support/rpm-host/cache.ts';
import { scratch } from '../__tests__/support/scratch.ts';

/** The packages of other architectures whose files are judged: Python, and programs with many libraries. */
const packages = ['python3', 'git', 'systemd'];
/** The directories of this machine with installed files. */
const installed = ['/usr', '/opt', '/srv', '/home', '/root'];
/** Directories below them that are caches and not judged. */
const caches = [cacheFolder, join(homedir(), '.cache'), join(homedir(), '.npm')];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, only: { type: 'string', default: '' } },
});
const directory = scratch('elf-');

async function system(name: string): Promise<System> {
  if (name === 'machine') return thisMachine(directory);
  if (name === 'host') {
    const { root } = await rpmHost();
    return rooted('the RPM host', root, ['/lib64/ld-linux-x86-64.so.2'], ['/usr/lib64']);
  }
  const architecture = architectures.find((candidate) => candidate.name === name);
  if (architecture === undefined) throw new Error(`there is no system ${name}`);
  return foreign(architecture, packages);
}

for (const name of positionals.length > 0 ? positionals : ['machine', 'host']) {
  const subject = await system(name);
  const found = name === 'machine' ? contents(subject, installed, caches) : contents(subject, ['/']);
  const every = Math.max(1, Math.floor(found.files.length / Number(values.sample ?? found.files.length)));
  const judged = found.files.filter((path, index) => index % every === 0 && path.includes(values.only));
  const folder = join(directory, name);
  const { edited, untouched, ways, broken, relopack, patchelf } = await differential(
    subject,
    found,
    judged,
    folder,
  );
  rmSync(folder, { recursive: true, force: true });

  console.log(`\n${subject.name}: ${found.files.length} ELF files, ${untouched} of them need no library`);
  console.log(`judged ${edited.length}: ${[...ways].map(([way, count]) => `${count} by ${way}`).join(', ')}`);
  console.log(''.padEnd(34), 'relopack'.padStart(12), 'patchelf'.padStart(12), 'ratio'.padStart(8));
  const row = (title: string, figure: (account: Account) => number, unit: string, digits: number) => {
    const [ours, theirs] = [figure(relopack), figure(patchelf)];
    const cell = (value: number) => `${value.toFixed(digits)}${unit}`.padStart(12);
    console.log(title.padEnd(34), cell(ours), cell(theirs), (ours / theirs).toFixed(3).padStart(8));
  };
  row('files with an objection', ({ objections }) => objections.size, '', 0);
  row('growth of all files', ({ growth }) => growth / 1e6, ' MB', 2);
  row('time for all files', ({ times }) => times.reduce((sum, time) => sum + time, 0) / 1000, ' s', 2);
  row('time for the median file', ({ times }) => times[Math.floor(times.length / 2)] ?? 0, ' ms', 2);
  console.log(
    `not judged after strip, because strip breaks their originals: ${[...broken].join(' ') || 'none'}`,
  );
  row('files that strip refuses', ({ unstripped }) => unstripped.size, '', 0);
  for (const [side, { objections }] of Object.entries({ relopack, patchelf })) {
    const kinds = new Map<string, string[]>();
    for (const objection of [...objections.values()].flat()) {
      const kind = /^[^:]*/.exec(objection)?.[0] ?? '';
      const alike = kinds.get(kind);
      if (alike === undefined) kinds.set(kind, [objection]);
      else alike.push(objection);
    }
    for (const [kind, of] of kinds)
      console.log(`  ${side}: ${of.length} × ${kind} (${of[0]?.slice(0, 150)})`);
  }
  for (const [path, reasons] of relopack.objections)
    console.log(`  ${path}: ${reasons.slice(0, 5).join('; ')}`);
  if (relopack.objections.size > 0) process.exitCode = 1;
}
