/**
 * Edits every ELF file of Debian's Python for seven architectures, and runs it in qemu-user. Python imports every module
 * of lib-dynload and finds its libraries by RUNPATH alone. It does so before and after strip. It also does so with pages
 * of 64 KiB, if the architecture has them.
 *
 * `node bench/elf-architectures.ts [ARCHITECTURE…]`. The default is all. Fails if one of them fails.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { architectures } from '../__tests__/support/elf/architectures.ts';
import { editedPython, importAll } from '../__tests__/support/elf/python.ts';
import { contents, foreign } from '../__tests__/support/elf/system.ts';
import { run } from '../__tests__/support/run.ts';
import { scratch } from '../__tests__/support/scratch.ts';

const directory = scratch('elf-');
const named = process.argv.slice(2);

for (const architecture of architectures.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const { name, largePages } = architecture;
  const folder = join(directory, name);
  const system = await foreign(architecture, ['python3']);
  const refused = await editedPython(system, folder);
  const report = async (title: string, pageSize: number) => {
    const runner = await foreign(architecture, ['python3'], pageSize);
    const { modules, failed, mapped, pageSize: seen } = await importAll(runner, folder);
    const foreigners = mapped.filter((path) => !path.startsWith(`${folder}/`));
    const libraries = mapped.length - foreigners.length;
    console.log(
      `${name.padEnd(8)} ${title.padEnd(12)} ${modules.length} modules, ${Object.keys(failed).length} failed;`,
      `${libraries} files mapped, ${foreigners.length} from elsewhere; pages of ${seen} bytes`,
    );
    for (const [module, reason] of Object.entries(failed)) console.log(`  ${module}: ${reason}`);
    for (const path of foreigners) console.log(`  mapped: ${path}`);
    if (Object.keys(failed).length + foreigners.length > 0 || seen !== pageSize) process.exitCode = 1;
  };
  for (const [path, reason] of refused) console.log(`  ${path}: ${reason}`);
  if (refused.size > 0) process.exitCode = 1;
  await report('edited', 4096);
  if (largePages) await report('large pages', 65_536);
  for (const path of contents(system, ['/']).files) await run('strip', ['--', join(folder, path)]);
  await report('stripped', 4096);
  rmSync(folder, { recursive: true });
}
