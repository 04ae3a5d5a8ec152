import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { readTables } from '../../../src/elf/tables.ts';
import type { System } from './system.ts';
import { otherEntries } from './tools.ts';

/** What the tools of others say of a file, reduced to what a RUNPATH must not change. */
export interface Testimony {
  /** DT_RUNPATH and DT_RPATH, as readelf prints them. */
  paths: string[];
  /** All other dynamic entries, the symbols and the versions, and readelf's warnings. */
  rest: string;
  /** Whether more than one DT_NULL ends the dynamic section. */
  spare: boolean;
  /** What eu-elflint complains of, without numbers, sorted. */
  complaints: string[];
}

const environment: Record<string, string> = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };

/** What a tool said, and its exit code or the signal that ended it. */
interface Said {
  code: number | string;
  stdout: string;
  stderr: string;
}

export async function testimony(path: string): Promise<Testimony> {
  const read = await tool('readelf', ['-dW', '--dyn-syms', '-VW', path]);
  const printed = `${read.stdout}${read.stderr.replaceAll(path, 'FILE')}`;
  // The numbers of sections may change; patchelf sorts them.
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

/** What speaks against an edited file: everything that is not as in the original, but for its new RUNPATH. */
export async function objections(original: Testimony, edited: string, runpath: string): Promise<string[]> {
  const { paths, rest, complaints } = await testimony(edited);
  const printed = await tool('patchelf', ['--print-rpath', edited]);
  const [wanted] = paths;
  const left = [...original.complaints];
  const worse = complaints.filter((complaint) => {
    const at = left.indexOf(complaint);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return [
    ...(paths.length === 1 && wanted?.replace(/ +/, ' ') === `(RUNPATH) Library runpath: [${runpath}]`
      ? []
      : [`readelf prints ${paths.join()}`]),
    ...(printed.stdout === `${runpath}\n` ? [] : [`patchelf prints ${printed.stdout}${printed.stderr}`]),
    ...(rest === original.rest || rest === withoutHint(original)
      ? []
      : ['readelf prints other entries, symbols or versions']),
    ...worse.map((complaint) => `eu-elflint: ${complaint}`),
  ];
}

/** What relopack can't read, as patchelf leaves some files, has nothing to give up either. */
function spareEntry(path: string): boolean {
  try {
    return readTables(new ElfBytes(readFileSync(path), path)).dynamicNulls > 1;
  } catch {
    return true;
  }
}

/** Of a file without a spare entry, the count of its relative relocations is given up. */
function withoutHint({ rest, spare }: Testimony): string {
  return spare ? rest : rest.replace(/^.*\((?:RELACOUNT|RELCOUNT)\).*\n/m, '');
}

/**
 * What ld.so says when it loads and relocates a file with all it needs, running none of its code: `ldd -r`. By the
 * ld.so of the tree that it stands in, a mirror of the system. Paths come out as canonical ones of the system.
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
  const said = `${stdout}${stderr}exit ${code}`.replace(/ \(0x[0-9a-f]+\)$/gm, '');
  return said
    .replaceAll(tree, '')
    .split('\n')
    .filter((line) => !/\bld(-linux\S*|64)?\.so/.test(line))
    .map((line) => line.replace(/\/[^\s:()]+/g, (found) => root.resolve(found) ?? normalize(found)));
}

/** Runs a tool that judges; its exit code is no matter. Thousands of files want less around it than run() has. */
function tool(name: string, args: string[], env = environment): Promise<Said> {
  return new Promise((resolve, reject) => {
    execFile(name, args, { env, maxBuffer: 1 << 30, encoding: 'latin1' }, (error, stdout, stderr) => {
      if (error !== null && error.code === 'ENOENT') reject(error);
      else resolve({ code: error?.code ?? error?.signal ?? 0, stdout, stderr });
    });
  });
}
