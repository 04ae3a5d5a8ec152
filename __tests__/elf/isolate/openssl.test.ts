import assert from 'node:assert/strict';
import { copyFileSync, globSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isolateOpenssl } from '../../../src/elf/isolate/openssl.ts';
import { compile } from '../../support/elf/tools.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const [libcrypto] = globSync(['/usr/lib/*-linux-gnu*/libcrypto.so.3', '/usr/lib64/libcrypto.so.3']);
const [legacy] = globSync([
  '/usr/lib/*-linux-gnu*/ossl-modules/legacy.so',
  '/usr/lib64/ossl-modules/legacy.so',
]);

/** A program that loads the provider "legacy" with the libcrypto that is its argument, and prints what is mapped. */
const prober = `
  #include <dlfcn.h>
  #include <stdio.h>
  int main(int argc, char **argv) {
    void *crypto = dlopen(argv[1], RTLD_NOW);
    if (!crypto) { puts(dlerror()); return 1; }
    void *(*load)(void *, const char *) = (void *(*)(void *, const char *))dlsym(crypto, "OSSL_PROVIDER_load");
    if (!load(0, "legacy")) return 2;
    char line[4096];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps)) fputs(line, stdout);
    return 0;
  }`;

test('an isolated libcrypto loads its providers from beside itself', async () => {
  assert.ok(libcrypto !== undefined && legacy !== undefined, 'apt-get install libssl3');
  const probe = await compile(directory, 'prober', prober, '-ldl');
  const folder = join(directory, 'lib64');
  mkdirSync(join(folder, 'ossl-modules'), { recursive: true });
  const copy = join(folder, 'libcrypto.so.3');
  const provider = join(folder, 'ossl-modules', 'legacy.so');
  copyFileSync(legacy, provider);

  // The original loads the host's provider, so the test can fail.
  copyFileSync(libcrypto, copy);
  assert.deepEqual(await mappedProviders(probe, copy), [realpathSync(legacy)]);

  const original = readFileSync(libcrypto);
  const edited = isolateOpenssl(original, libcrypto);
  assert.equal(edited.length, original.length);
  writeFileSync(copy, edited);
  assert.deepEqual(await mappedProviders(probe, copy), [provider]);
  assert.equal(isolateOpenssl(edited, libcrypto), edited, 'a second run changes nothing');
});

async function mappedProviders(probe: string, library: string): Promise<string[]> {
  const { code, stdout } = await run(probe, [library], { env: {} });
  assert.equal(code, 0, stdout.toString());
  return [...new Set([...stdout.toString().matchAll(/\/.*legacy\.so$/gm)].map(([path]) => path))];
}

for (const [before, after] of [
  ['\0/usr/lib64/ossl-modules\0', '\0$ORIGIN/ossl-modules\0\0\0\0'],
  ['\0/usr/lib64/engines-3\0', '\0$ORIGIN/engines-3\0\0\0\0'],
  ['\0/usr/lib64/engines-1.1\0', '\0$ORIGIN/engines-1.1\0\0\0\0'],
  [
    '\0/usr/lib/x86_64-linux-gnu/ossl-modules\0x',
    '\0$ORIGIN/ossl-modules\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0x',
  ],
  ['\0MODULESDIR: "/usr/lib64/ossl-modules"\0', undefined],
  ['\0x/usr/lib64/ossl-modules\0', undefined],
  ['\0/usr/lib64/ossl-modules/legacy.so\0', undefined],
  ['\0/usr/lib64/my-ossl-modules\0', undefined],
  ['\0/usr/lib64/engines-\0', undefined],
  ['/usr/lib64/ossl-modules', undefined],
] as const) {
  test(`${JSON.stringify(before)} ${after === undefined ? 'is not changed' : 'is replaced'}`, () => {
    const bytes = Buffer.from(before, 'latin1');
    const edited = isolateOpenssl(bytes, 'libcrypto');
    if (after === undefined) return assert.equal(edited, bytes);
    assert.equal(edited.toString('latin1'), after);
    assert.equal(bytes.toString('latin1'), before, 'the input was changed');
  });
}

test('a directory that is too short to be replaced is refused', () => {
  assert.throws(() => isolateOpenssl(Buffer.from('\0/lib/ossl-modules\0'), 'libcrypto'), {
    name: 'RelopackError',
    code: 'elf-unsupported',
    message: /\/lib\/ossl-modules is too short to be replaced/,
  });
});
