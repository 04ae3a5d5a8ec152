import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isolateLoader } from '../../../src/elf/isolate/loader.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { run } from '../run.ts';
import { mirror } from './mirror.ts';
import { contents, type System } from './system.ts';
import { output } from './tools.ts';

/** What a Python prints after it has imported all its extension modules. */
export interface Imports {
  modules: string[];
  /** The error of each module that could not be imported. */
  failed: Record<string, string>;
  /** The programs and libraries that are mapped into its process (/proc/self/maps). */
  mapped: string[];
  pageSize: number;
}

const program = `
import importlib, json, os, sys
folder = next(p for p in sys.path if p.endswith("lib-dynload"))
modules = sorted({name.split(".")[0] for name in os.listdir(folder) if name.endswith(".so")})
failed = {}
for name in modules:
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed[name] = str(error)
with open("/proc/self/maps") as maps:
    mapped = sorted({line.split(None, 5)[5].strip() for line in maps if "/" in line and (".so" in line or "python" in line)})
json.dump({"modules": modules, "failed": failed, "mapped": mapped, "pageSize": os.sysconf("SC_PAGESIZE")}, sys.stdout)
`;

/** Makes a copy of a system with a Python: its ELF files, edited by relopack, and its standard library. */
export async function editedPython(system: System, folder: string): Promise<Map<string, string>> {
  const found = contents(system, ['/']);
  const { failures } = await mirror(system, found, folder, {
    runpath: async (from, to, runpath) =>
      writeFileSync(to, setRunpath(readFileSync(from), runpath, from), { mode: 0o755 }),
    other: async (from, to) => copyFileSync(from, to),
    loader: async (from, to) => writeFileSync(to, isolateLoader(readFileSync(from), from), { mode: 0o755 }),
  });
  // All other files. Files that exist already are not replaced.
  await output('cp', '--archive', '--no-clobber', '--', system.root.onDisk('/usr/lib'), join(folder, 'usr'));
  return failures;
}

/** Imports every module of lib-dynload with the Python of such a copy, which finds its libraries by RUNPATH alone. */
export async function importAll(system: System, folder: string): Promise<Imports> {
  const [name] = system.root.list('/usr/bin').filter((file) => /^python3\.\d+$/.test(file));
  if (name === undefined) throw new Error(`${system.name} has no Python`);
  const [command = '', ...words] = [
    ...system.emulator,
    join(folder, system.loader),
    join(folder, 'usr/bin', name),
  ];
  const env = { PATH: process.env.PATH ?? '', PYTHONHOME: join(folder, 'usr'), PYTHONDONTWRITEBYTECODE: '1' };
  const { code, stdout, stderr } = await run(command, [...words, '-S', '-c', program], { env });
  if (code !== 0) throw new Error(`${system.name}: exit ${code}: ${stderr}`);
  return JSON.parse(stdout.toString());
}
