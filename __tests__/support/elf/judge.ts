import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { readTables } from '../../../src/elf/tables.ts';
import { run } from '../run.ts';
import type { System } from './system.ts';
import { otherEntries } from './tools.ts';

/** What other tools print about a file, reduced to what a new RUNPATH must not change. */
export interface Testimony {
  /** DT_RUNPATH and DT_RPATH as readelf prints them. */
  paths: string[];
  /** All other dynamic entries, the symbols, the versions, and readelf's warnings. */
  rest: string;
  /** Whether more than one DT_NULL ends the dynamic section. */
  spare: boolean;
  /** The complaints of eu-elflint, without numbers, sorted. */
  complaints: string[];
}

const environment: Record<string, string> = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };

interface Printed {
  code: number;
  stdout: string;
  stderr: string;
}

/** Asks readelf and eu-elflint about a file. */
export async function testimony(path: string): Promise<Testimony> {
  const read = await tool('readelf', ['-dW', '--dyn-syms', '-VW', path]);
  const printed = `${read.stdout}${read.stderr.replaceAll(path, 'FILE')}`;
  // The numbers of sections may change: patchelf sorts the sections.
  const others = printed
    .replace(/^( *\d+: (?:\S+ +){4}\S+) +\d+ /gm, '$1 N ')
    .split('\n')
    .filter((line) => !/^ 0x|^Dynamic section at offset| Offset: 0x/.test(line));
  const lint = await tool('eu-elflint', ['--gnu-ld', path]);
  return {
    paths: [...printed.matchAll(/\((?:RPATH|RUNPATH)\).*/g)].map(([line]) => line),
    rest: [...otherEntries(printed), ...others].join('\n'),
    spare: spareEntry(path),
    complaints: `${lint.stdout}${lint.stderr}`
      .split('\n')
      .map((line) => line.replaceAll(path, 'FILE').replace(/0x[0-9a-f]+|\d+/g, 'N'))
      .sort(),
  };
}

/** The objections to an edited file: everything that differs from the original except its new RUNPATH. */
export async function objections(original: Testimony, edited: string, runpath: string): Promise<string[]> {
  const { paths, rest, complaints } = await testimony(edited);
  const printed = await tool('patchelf', ['--print-rpath', edited]);
  const [path] = paths;
  const known = [...original.complaints];
  const worse = complaints.filter((complaint) => {
    const at = known.indexOf(complaint);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
  return [
    ...(paths.length === 1 && path?.replace(/ +/, ' ') === `(RUNPATH) Library runpath: [${runpath}]`
      ? []
      : [`readelf prints ${paths.join()}`]),
    ...(printed.stdout === `${runpath}\n` ? [] : [`patchelf prints ${printed.stdout}${printed.stderr}`]),
    ...(rest === original.rest || rest === withoutRelocationCount(original)
      ? []
      : ['readelf prints other entries, symbols or versions']),
    ...worse.map((complaint) => `eu-elflint: ${complaint}`),
  ];
}

/** Whether a file has a spare dynamic entry. True if relopack cannot read it, as some files that patchelf has edited. */
function spareEntry(path: string): boolean {
  try {
    return readTables(new ElfBytes(readFileSync(path), path)).dynamicNulls > 1;
  } catch {
    return true;
  }
}

/** The rest without the relocation count, which a file without a spare entry may lose. */
function withoutRelocationCount({ rest, spare }: Testimony): string {
  return spare ? rest : rest.replace(/^.*\((?:RELACOUNT|RELCOUNT)\).*\n/m, '');
}

/**
 * What ld.so prints when it loads and relocates a file and its libraries without running any code, like `ldd -r`.
 * The ld.so is that of `tree`, a mirror of the system. Paths in the result are canonical paths of the system.
 */
export async function trace(
  system: System,
  path: string,
  tree: string,
  options: string[] = [],
): Promise<string[]> {
  const { root, emulator, loader } = system;
  const [command = '', ...words] = [...emulator, join(tree, loader), ...options, join(tree, path)];
  const env = { ...environment, LD_TRACE_LOADED_OBJECTS: '1', LD_WARN: 'yes', LD_BIND_NOW: 'yes' };
  const { code, stdout, stderr } = await tool(command, words, env);
  const printed = `${stdout}${stderr}exit ${code}`.replace(/ \(0x[0-9a-f]+\)$/gm, '');
  return printed
    .replaceAll(tree, '')
    .split('\n')
    .filter((line) => !/\bld(-linux\S*|64)?\.so/.test(line))
    .map((line) => line.replace(/\/[^\s:()]+/g, (found) => root.resolve(found) ?? normalize(found)));
}

/** Runs a tool that judges. Its exit code is part of what it says. */
async function tool(name: string, args: string[], env = environment): Promise<Printed> {
  const { code, stdout, stderr } = await run(name, args, { env });
  return { code, stdout: stdout.toString('latin1'), stderr };
}
