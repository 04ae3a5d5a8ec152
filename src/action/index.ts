import { version } from '../common/version.ts';

// Print a line before the rest is loaded: that takes a tenth of a second, and a silent step looks stuck.
process.stdout.write(`relopack ${version}, Node ${process.versions.node}\n`);
await import('./main.ts');
