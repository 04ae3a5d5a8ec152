import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** CommonJS packages inside an ES module ask for require(), which esbuild can't give them by itself. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles src into dist, with the licences of all that went in. The same sources give the same bytes in whatever
 * directory. What only an upload needs becomes a file of its own, which is read when it's asked for.
 *
 * Returns the directories of the packages that went in, below `directory`.
 */
export async function bundle(directory: string): Promise<string[]> {
  rmSync(join(directory, 'dist'), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: directory,
    entryPoints: ['src/cli.ts', 'src/index.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.15',
    banner: { js: banner },
    legalComments: 'none',
    logLevel: 'warning',
  });
  // An input may have no bytes in the output: its code was of no use, and so is its licence.
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const packages = [...new Set(used.flatMap(packageOf))].sort();
  writeFileSync(join(directory, 'dist/licenses.txt'), licences(directory, packages));
  // Read by the command where it stands: see src/launcher/startup.ts.
  cpSync(join(directory, 'src/launcher/startup'), join(directory, 'dist/startup'), { recursive: true });
  return packages;
}

/** `node_modules/@a/b/node_modules/c/lib/d.js` is of `node_modules/@a/b/node_modules/c`. */
function packageOf(path: string): string[] {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
}

/** Name, version, licence and the texts that came with it, one package after the other. */
function licences(directory: string, packages: readonly string[]): string {
  return packages
    .map((path) => {
      const folder = join(directory, path);
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder)
        .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
        .sort()
        .map((file) => `\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`);
      return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'no licence named'})\n${texts.join('')}`;
    })
    .join('\n');
}

if (import.meta.main) await bundle(import.meta.dirname);
