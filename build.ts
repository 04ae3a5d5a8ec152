import { cpSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** CommonJS packages in an ES module call require(), which esbuild does not define. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles src of a checkout into a new directory, with the licenses of all packages in it. The same sources give the
 * same bytes in any directory. What only an upload needs becomes a file of its own, which is loaded late.
 *
 * Returns the directories of the bundled packages, relative to the checkout.
 */
export async function bundle(checkout: string, target: string): Promise<string[]> {
  rmSync(target, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: checkout,
    entryPoints: { cli: 'src/cli/main.ts', index: 'src/action/index.ts' },
    outdir: target,
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.15',
    banner: { js: banner },
    // Half a megabyte that reads one form of a list of blobs. Nothing here asks for such a list.
    external: ['apache-arrow'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  const packages = [...new Set(Object.keys(metafile.inputs).flatMap(packageOf))].sort();
  writeFileSync(join(target, 'licenses.txt'), licenseTexts(checkout, packages));
  copyReadFiles(checkout, target);
  return packages;
}

/**
 * Copies the files that the command reads beside itself. src/elf/isolate/getenv.ts and
 * src/launcher/{startup,static-launcher,redirect-library}.ts read them.
 */
function copyReadFiles(checkout: string, target: string): void {
  for (const [folder, pattern] of [
    ['src/launcher', 'startup/**/*.py'],
    ['src/launcher', 'bin/launcher-*'],
    ['src/launcher', 'bin/redirect-*'],
    ['src/elf/isolate', 'bin/getenv-*'],
  ] as const) {
    const cwd = join(checkout, folder);
    for (const file of globSync(pattern, { cwd })) cpSync(join(cwd, file), join(target, file));
  }
}

/** The package of a file: `node_modules/@a/b/node_modules/c` for `node_modules/@a/b/node_modules/c/lib/d.js`. */
function packageOf(path: string): string[] {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
}

/** Name, version, license and license texts of each package. */
function licenseTexts(checkout: string, packages: readonly string[]): string {
  return packages
    .map((path) => {
      const folder = join(checkout, path);
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder)
        .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
        .sort()
        .map((file) => `\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`);
      return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'no license named'})\n${texts.join('')}`;
    })
    .join('\n');
}

if (import.meta.main) await bundle(import.meta.dirname, join(import.meta.dirname, 'dist'));
