import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** CommonJS packages inside an ES module ask for require(), which esbuild can't give them by itself. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.15',
  banner: { js: banner },
  legalComments: 'none',
  logLevel: 'warning',
});
// Read by the command where it stands: see src/launcher/startup.ts.
cpSync('src/launcher/startup', 'dist/startup', { recursive: true });
