/**
 * Measures what the launcher adds to the start of a Python: `node bench/launcher.ts TREE`. TREE is an unpacked archive.
 *
 * Runs `python3 -c pass` by ld.so alone, by the static launcher and by the one in sh. Both launchers also run through
 * a link. Prints medians, and the median of each round's ratio to ld.so alone. Asserts nothing.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { must } from '../__tests__/support/run.ts';
import { readImage } from '../src/elf/image.ts';
import { shellLauncher } from '../src/launcher/shell-launcher.ts';
import { staticLauncher } from '../src/launcher/static-launcher.ts';

const ROUNDS = 100;

const [argument] = process.argv.slice(2);
if (argument === undefined) throw new Error('usage: node bench/launcher.ts TREE');
const tree = resolve(argument);
const [python = ''] = readdirSync(join(tree, 'libexec')).filter((name) => name.startsWith('python'));
const interpreter = `libexec/${python}`;
const paths = {
  ...{ loader: 'libexec/ld.so', program: interpreter, libraries: ['lib64'] },
  ...{ locales: undefined, zones: undefined, argv0: true },
};
const scratch = mkdtempSync(join(tmpdir(), 'relopack-bench-'));
const own = [join(tree, 'bin/bench-static'), join(tree, 'bin/bench-sh')] as const;
process.on('exit', () => {
  for (const path of [scratch, ...own]) rmSync(path, { recursive: true, force: true });
});

const program = staticLauncher(readImage(readFileSync(join(tree, interpreter)), interpreter), paths);
if (program === undefined) throw new Error('There is no static launcher for this machine.');
writeFileSync(own[0], program, { mode: 0o755 });
writeFileSync(own[1], shellLauncher(paths), { mode: 0o755 });
const links = own.map((path, index) => {
  const link = join(scratch, `link${index}`);
  symlinkSync(path, link);
  return link;
});

const alone = [
  '--library-path',
  join(tree, 'lib64'),
  '--argv0',
  join(tree, 'bin/python3'),
  join(tree, interpreter),
];
const starts: [name: string, command: string[]][] = [
  ['ld.so alone', [join(tree, paths.loader), ...alone]],
  ['static', [own[0]]],
  ['static, link', [links[0] ?? '']],
  ['sh', [own[1]]],
  ['sh, link', [links[1] ?? '']],
];

async function milliseconds([file = '', ...args]: string[]): Promise<number> {
  const start = performance.now();
  await must(file, [...args, '-c', 'pass'], { env: { PATH: '/usr/bin:/bin' } });
  return performance.now() - start;
}

const times = starts.map(([name, command]) => ({ name, command, all: [] as number[] }));
for (let round = 0; round < ROUNDS; round += 1) {
  // Another order in each round, so that no start always follows the same one.
  for (let turn = 0; turn < times.length; turn += 1) {
    const start = times[(turn + round) % times.length];
    start?.all.push(await milliseconds(start.command));
  }
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const base = times[0]?.all ?? [];
console.log(`${ROUNDS} rounds of ${python} -c pass`);
console.log('                median   ratio');
for (const { name, all } of times) {
  const ratio = median(all.map((time, round) => time / (base[round] ?? Number.NaN)));
  console.log(name.padEnd(12), `${median(all).toFixed(2)} ms`.padStart(9), ratio.toFixed(3).padStart(7));
}
