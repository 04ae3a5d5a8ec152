import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';

/** The Debian packages of the tools that judge edited files, and of the emulator for other architectures. */
export const debianPackages = [
  ...['gcc', 'libc6-dev', 'binutils', 'binutils-multiarch', 'patchelf', 'elfutils', 'qemu-user-static'],
];

/** The output of a tool, in English. The test fails if the tool is missing, fails or prints a warning. */
export async function output(tool: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(tool, args, {
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  }).catch((cause: unknown) =>
    assert.fail(`cannot start ${tool} (apt-get install ${debianPackages.join(' ')}): ${cause}`),
  );
  assert.equal(code, 0, `${tool} ${args.join(' ')}: ${stderr}`);
  assert.doesNotMatch(stderr, /warning/i, `${tool} ${args.join(' ')}`);
  return stdout.toString();
}

/** Compiles C source into the file `name` in a directory, and returns its path. */
export async function compile(
  directory: string,
  name: string,
  source: string,
  ...flags: string[]
): Promise<string> {
  const path = join(directory, name);
  writeFileSync(`${path}.c`, source);
  await output('gcc', '-o', path, `${path}.c`, '-Wl,--no-as-needed', ...flags);
  return path;
}

/** Lines of `readelf -d` that give the place of a table that an edit may move. readelf prints its contents elsewhere. */
const placesOfTables =
  /(\((?:STRTAB|STRSZ|SYMTAB|HASH|GNU_HASH|RELA?|RELR|JMPREL|VERSYM|VERDEF|VERNEED)\) +)(0x[0-9a-f]+|\d+ \(bytes\))$/;

/** The lines of `readelf -d` that an edit must not change: all but the search path and the places of tables. */
export async function otherDynamicEntries(path: string): Promise<string[]> {
  return otherEntries(await output('readelf', '-dW', path));
}

/** The same lines from output of `readelf -d`. */
export function otherEntries(printed: string): string[] {
  const lines = printed
    .split('\n')
    .filter((line) => /^ 0x/.test(line) && !/\((NULL|RPATH|RUNPATH)\)/.test(line));
  return lines.map((line) => line.replace(placesOfTables, '$1'));
}

/** The dynamic symbols and versions as readelf prints them, without file offsets. */
export async function symbols(path: string): Promise<string[]> {
  const lines = (await output('readelf', '--dyn-syms', '-VW', path)).split('\n');
  return lines.filter((line) => !line.includes(' Offset: '));
}

/** The RUNPATH, which patchelf and readelf must print alike. The test fails if the file has a DT_RPATH. */
export async function judgedRunpath(path: string): Promise<string> {
  const dynamic = await output('readelf', '-dW', path);
  assert.doesNotMatch(dynamic, /\(RPATH\)/);
  const [, runpath = ''] = /Library runpath: \[(.*)\]/.exec(dynamic) ?? [];
  assert.equal((await output('patchelf', '--print-rpath', path)).trimEnd(), runpath);
  return runpath;
}

/** What ld.so prints when it loads and relocates a file and its libraries without running any code, like `ldd -r`. */
export async function trace(loader: string, path: string): Promise<string[]> {
  const env = { LD_TRACE_LOADED_OBJECTS: '1', LD_WARN: 'yes', LD_BIND_NOW: 'yes' };
  const { code, stdout, stderr } = await run(loader, [path], { env });
  const lines = `${stdout}${stderr}exit ${code}`.replaceAll(path, 'SELF').split('\n');
  return lines.map((line) => line.replace(/ \(0x[0-9a-f]+\)$/, ''));
}

/** The path of this machine's ld.so, which gcc writes into programs. */
export async function hostLoader(directory: string): Promise<string> {
  const program = await compile(directory, 'names-its-loader', 'int main(void) { return 0; }');
  return (await output('patchelf', '--print-interpreter', program)).trimEnd();
}

/** Does a job for each item, as many at a time as the machine has processors. Returns the results in the order of items. */
export async function inParallel<T, R>(items: readonly T[], job: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const work = async () => {
    for (const [index, item] of waiting) results.set(index, await job(item));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
