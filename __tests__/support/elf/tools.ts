import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { run } from '../run.ts';

/** The Debian packages of the tools that judge, and of what runs programs of other architectures. */
export const debianPackages = [
  ...['gcc', 'libc6-dev', 'binutils', 'binutils-multiarch', 'patchelf', 'elfutils', 'qemu-user-static'],
];

/** A directory for the whole test file. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'relopack elf '));
  after(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** What a tool that judges prints; the test fails where the tool is missing or fails. */
export async function output(tool: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(tool, args, {
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  }).catch((cause: unknown) =>
    assert.fail(`${tool} did not start (apt-get install ${debianPackages.join(' ')}): ${cause}`),
  );
  assert.equal(code, 0, `${tool} ${args.join(' ')}: ${stderr}`);
  assert.doesNotMatch(stderr, /warning/i, `${tool} ${args.join(' ')}`);
  return stdout.toString();
}

/** Compiles one C file and returns the path of what came out. */
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

/** Where tables are that an edit may move: readelf prints what is in them, and where they are is of no matter. */
const placesOfTables =
  /(\((?:STRTAB|STRSZ|SYMTAB|HASH|GNU_HASH|RELA?|RELR|JMPREL|VERSYM|VERDEF|VERNEED)\) +)(0x[0-9a-f]+|\d+ \(bytes\))$/;

/** The lines of `readelf -d` that are none of our business: all but the search path and where tables are. */
export async function otherDynamicEntries(path: string): Promise<string[]> {
  return otherEntries(await output('readelf', '-dW', path));
}

/** The same of what readelf has printed. */
export function otherEntries(printed: string): string[] {
  const lines = printed
    .split('\n')
    .filter((line) => /^ 0x/.test(line) && !/\((NULL|RPATH|RUNPATH)\)/.test(line));
  return lines.map((line) => line.replace(placesOfTables, '$1'));
}

/** The symbols and versions as readelf prints them, without file offsets. */
export async function symbols(path: string): Promise<string[]> {
  const lines = (await output('readelf', '--dyn-syms', '-VW', path)).split('\n');
  return lines.filter((line) => !line.includes(' Offset: '));
}

/** The RUNPATH as patchelf and readelf agree on it; no DT_RPATH may be left. */
export async function judgedRunpath(path: string): Promise<string> {
  const dynamic = await output('readelf', '-dW', path);
  assert.doesNotMatch(dynamic, /\(RPATH\)/);
  const [, runpath = ''] = /Library runpath: \[(.*)\]/.exec(dynamic) ?? [];
  assert.equal((await output('patchelf', '--print-rpath', path)).trimEnd(), runpath);
  return runpath;
}

/** What ld.so says when it loads and relocates a file with all it needs, running none of its code (as `ldd -r`). */
export async function trace(loader: string, path: string): Promise<string[]> {
  const env = { LD_TRACE_LOADED_OBJECTS: '1', LD_WARN: 'yes', LD_BIND_NOW: 'yes' };
  const { code, stdout, stderr } = await run(loader, [path], { env });
  const lines = `${stdout}${stderr}exit ${code}`.replaceAll(path, 'SELF').split('\n');
  return lines.map((line) => line.replace(/ \(0x[0-9a-f]+\)$/, ''));
}

/** The path of this machine's ld.so, as gcc writes it into programs. */
export async function hostLoader(directory: string): Promise<string> {
  const program = await compile(directory, 'names-its-loader', 'int main(void) { return 0; }');
  return (await output('patchelf', '--print-interpreter', program)).trimEnd();
}
