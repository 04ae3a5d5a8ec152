import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, test } from 'node:test';
import { isolateLoader, loaderHasArgv0 } from '../../../src/elf/isolate/loader.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { compile, hostLoader, output } from '../../support/elf/tools.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const bundle = join(directory, 'bundle');
const isolated = join(bundle, 'ld.so');
const untouched = join(bundle, 'ld.so.untouched');
const empty = { env: {} };
let original: Buffer;
let hostLibraries: string;

before(async () => {
  mkdirSync(bundle);
  const loader = realpathSync(await hostLoader(directory));
  original = readFileSync(loader);
  copyFileSync(loader, untouched);
  writeFileSync(isolated, isolateLoader(original, loader), { mode: 0o755 });

  for (const program of ['/bin/cat', '/bin/ls']) {
    bundleFile(realpathSync(program), basename(program));
    for (const [, soname = '', path = ''] of (await output(loader, '--list', program)).matchAll(
      /^\s(\S+) => (\S+)/gm,
    )) {
      bundleFile(path, basename(soname));
      hostLibraries = join(path, '..');
    }
  }
});

/** Copies a file into the bundle with a RUNPATH. libc.so.6 gets one too. */
function bundleFile(from: string, name: string): void {
  writeFileSync(join(bundle, name), setRunpath(readFileSync(from), '$ORIGIN', from), { mode: 0o755 });
}

test('only the known strings of a loader change, and no byte moves', async () => {
  assert.equal(readFileSync(isolated).length, original.length);
  const [kept, changed] = [await strings(untouched), await strings(isolated)];
  const host = /^(\/etc\/ld\.so\.(cache|preload)|(\/usr)?\/lib\w*\/([\w-]+\/)?)$/;
  const gone = [...kept].filter(([at, text]) => changed.get(at) !== text).map(([, text]) => text);
  assert.deepEqual(
    gone.filter((text) => !host.test(text)),
    [],
  );
  assert.ok(gone.includes('/etc/ld.so.cache') && gone.includes('/etc/ld.so.preload'));
  // The tool does not print names of control characters. All other new strings must be below /dev/null.
  const come = [...changed].filter(([at, text]) => kept.get(at) !== text).map(([, text]) => text);
  assert.deepEqual(
    come.filter((text) => !text.startsWith('/dev/null/')),
    [],
  );
  assert.deepEqual(
    [...changed.values()].filter((text) => host.test(text)),
    [],
  );
});

test('a second run changes nothing', () => {
  const bytes = readFileSync(isolated);
  assert.equal(isolateLoader(bytes, 'ld.so'), bytes);
});

test('the loader prints no directory of the host as its search path', async () => {
  const { stdout } = await run(isolated, ['--help'], empty);
  const [, listing = ''] = stdout.toString().split('Shared library search path:\n');
  const directories = [...listing.matchAll(/^ {2}(\/.*) \(system search path\)$/gm)].map(([, path]) => path);
  assert.ok(directories.length > 0, listing);
  for (const path of directories) assert.match((path ?? '').replaceAll('\x01', ''), /^\/(\/|dev\/null\/*)?$/);
});

for (const [title, before, env] of [
  ['by RUNPATH alone', [], {}],
  ['with LD_LIBRARY_PATH cancelled', ['--library-path', ''], { LD_LIBRARY_PATH: 'host' }],
] as const) {
  test(`a program maps no file from outside, ${title}`, async () => {
    const environment = 'LD_LIBRARY_PATH' in env ? { LD_LIBRARY_PATH: hostLibraries } : {};
    const { code, stdout } = await run(isolated, [...before, join(bundle, 'cat'), '/proc/self/maps'], {
      env: environment,
    });
    assert.equal(code, 0);
    const mapped = new Set([...stdout.toString().matchAll(/ (\/.*)$/gm)].map(([, path]) => path ?? ''));
    const outside = [...mapped].filter((path) => !path.startsWith(`${realpathSync(bundle)}/`));
    assert.deepEqual(outside, []);
    assert.ok([...mapped].some((path) => basename(path) === 'libc.so.6'));
  });
}

test('a program runs on edited copies given with --library-path', async () => {
  const { code, stdout } = await run(
    isolated,
    ['--library-path', bundle, join(bundle, 'ls'), '--', bundle],
    empty,
  );
  assert.equal(code, 0);
  assert.match(stdout.toString(), /^libc\.so\.6$/m);
});

test('a program does not start if a library is only on the host', async () => {
  const host = join(directory, 'needs-the-host');
  mkdirSync(host);
  const program = await compile(host, 'program', 'int main(void) { return 42; }');
  // The original loader finds libc.so.6 in the host's cache or directories.
  assert.equal((await run(untouched, [program], empty)).code, 42);
  const { code, stderr } = await run(isolated, [program], empty);
  assert.equal(code, 127);
  assert.match(stderr, /libc\.so\.6: cannot open shared object file/);
});

test('--argv0 is found in a loader that knows it', async () => {
  const { code } = await run(untouched, ['--argv0', 'other', join(bundle, 'cat'), '/dev/null'], empty);
  assert.equal(loaderHasArgv0(original), code === 0);
  const without = Buffer.from(original.toString('latin1').replaceAll('--argv0', '--other'), 'latin1');
  assert.equal(loaderHasArgv0(without), false);
});

/** The loader with a text replaced by one of the same length, so that the file stays valid. */
function without(text: string): Buffer {
  return Buffer.from(original.toString('latin1').replaceAll(text, 'x'.repeat(text.length)), 'latin1');
}

for (const [title, make, message] of [
  [
    'a loader without the path of the cache',
    () => without('/etc/ld.so.cache\0'),
    /does not contain \/etc\/ld\.so\.cache/,
  ],
  [
    'a loader without the path of the preload list',
    () => without('/etc/ld.so.preload\0'),
    /does not contain \/etc\/ld\.so\.preload/,
  ],
  [
    'a loader without system directories',
    () =>
      Buffer.from(
        original
          .toString('latin1')
          .replace(/\/lib\w*\/([\w-]+\/)?(?=\0)/g, (text) => 'x'.repeat(text.length)),
        'latin1',
      ),
    /no system directory/,
  ],
  [
    'a library that is not a loader',
    () => readFileSync(join(bundle, 'libc.so.6')),
    /its soname is libc\.so\.6/,
  ],
  ['a program', () => readFileSync(join(bundle, 'cat')), /its soname is missing/],
  ['a script', () => Buffer.from('#!/bin/sh\n'), /not a valid ELF file/],
  ['a truncated loader', () => original.subarray(0, 70_000), /not a valid ELF file/],
] as const) {
  test(`${title} is refused`, () => {
    const bytes = make();
    const kept = Buffer.from(bytes);
    assert.throws(() => isolateLoader(bytes, 'ld.so'), {
      name: 'RelopackError',
      code: 'loader-unsupported',
      message,
    });
    assert.ok(kept.equals(bytes), 'the input was changed');
  });
}

/** The strings of a file as binutils prints them, by offset. */
async function strings(path: string): Promise<Map<string, string>> {
  chmodSync(path, 0o755);
  const lines = (await output('strings', '-n', '5', '-t', 'd', path)).split('\n');
  return new Map(
    lines.map((line) => /^ *(\d+) (.*)$/.exec(line)).map((match) => [match?.[1] ?? '', match?.[2] ?? '']),
  );
}
