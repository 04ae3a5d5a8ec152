/**
 * Sets the RUNPATH of every ELF file of a system with relopack and with patchelf, and has both judged by readelf,
 * eu-elflint, ld.so and strip: `node bench/elf-differential.ts [--sample N] [--only TEXT] [SYSTEM…]`, where a SYSTEM is
 * `machine`, `host` (the RPM host of the tests) or Debian's name of an architecture, run under qemu. Those two first
 * where none is named. All files are edited, and judged unless a sample is asked for, or those with a text in their paths.
 * Prints figures, and every objection to a file of ours; fails where there is one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { architectures } from '../__tests__/support/elf/architectures.ts';
import { type Account, differential } from '../__tests__/support/elf/differential.ts';
import { contents, foreign, rooted, type System, thisMachine } from '../__tests__/support/elf/system.ts';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { cacheFolder } from '../__tests__/support/rpm-host/cache.ts';

/** What other architectures are judged on: Python, and programs with many libraries. */
const packages = ['python3', 'git', 'systemd'];
/** Where this machine has installed files, and what of it are caches. */
const installed = ['/usr', '/opt', '/srv', '/home', '/root'];
const caches = [cacheFolder, join(homedir(), '.cache'), join(homedir(), '.npm')];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, only: { type: 'string', default: '' } },
});
const scratch = mkdtempSync(join(tmpdir(), 'relopack-elf-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

async function system(name: string): Promise<System> {
  if (name === 'machine') return thisMachine(scratch);
  if (name === 'host') {
    const { root } = await rpmHost();
    return rooted('the RPM host', root, ['/lib64/ld-linux-x86-64.so.2'], ['/usr/lib64']);
  }
  const architecture = architectures.find((candidate) => candidate.name === name);
  if (architecture === undefined) throw new Error(`no system is called ${name}`);
  return foreign(architecture, packages);
}

for (const name of positionals.length > 0 ? positionals : ['machine', 'host']) {
  const subject = await system(name);
  const found = name === 'machine' ? contents(subject, installed, caches) : contents(subject, ['/']);
  const every = Math.max(1, Math.floor(found.files.length / Number(values.sample ?? found.files.length)));
  const judged = found.files.filter((path, index) => index % every === 0 && path.includes(values.only));
  const folder = join(scratch, name);
  const { edited, untouched, ways, broken, relopack, patchelf } = await differential(
    subject,
    found,
    judged,
    folder,
  );
  rmSync(folder, { recursive: true, force: true });

  console.log(`\n${subject.name}: ${found.files.length} ELF files, ${untouched} of them need no other`);
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
  console.log(`not judged after strip, which breaks them as they come: ${[...broken].join(' ') || 'none'}`);
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
