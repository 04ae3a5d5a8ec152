import { version } from '../common/version.ts';

// Print a line before the rest is loaded. Loading needs a tenth of a second, and a step without output looks stuck.
process.stdout.write(`relopack ${version}, Node ${process.versions.node}\n`);
await import('./main.ts');
