import { version } from '../common/version.ts';

// A step that says nothing looks stuck, and what it is made of takes a tenth of a second to load.
process.stdout.write(`relopack ${version}, Node ${process.versions.node}\n`);
await import('./main.ts');
