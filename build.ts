import { cpSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** CommonJS packages inside an ES module ask for require(), which esbuild can't give them by itself. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles src of a checkout into a new directory, with the licences of all that went in. The same sources give the same
 * bytes in whatever directory. What only an upload needs becomes a file of its own, which is read when it's asked for.
 *
 * Returns the directories of the packages that went in, below the checkout.
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
    legalComments: 'none',
    logLevel: 'warning',
  });
  const packages = [...new Set(Object.keys(metafile.inputs).flatMap(packageOf))].sort();
  writeFileSync(join(target, 'licenses.txt'), licences(checkout, packages));
  copyLauncherFiles(join(checkout, 'src/launcher'), target);
  return packages;
}

/** Copies the files that the command reads beside itself. src/launcher/startup.ts and src/launcher/static.ts read them. */
function copyLauncherFiles(launcher: string, target: string): void {
  for (const file of globSync(['startup/**/*.py', 'bin/launcher-*'], { cwd: launcher }))
    cpSync(join(launcher, file), join(target, file));
}

/** `node_modules/@a/b/node_modules/c/lib/d.js` is of `node_modules/@a/b/node_modules/c`. */
function packageOf(path: string): string[] {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
}

/** Name, version, licence and the texts that came with it, one package after the other. */
function licences(checkout: string, packages: readonly string[]): string {
  return packages
    .map((path) => {
      const folder = join(checkout, path);
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder)
        .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
        .sort()
        .map((file) => `\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`);
      return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'no licence named'})\n${texts.join('')}`;
    })
    .join('\n');
}

if (import.meta.main) await bundle(import.meta.dirname, join(import.meta.dirname, 'dist'));
