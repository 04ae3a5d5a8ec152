import assert from 'node:assert/strict';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { ElfIdentity } from '../../src/elf/identity.ts';
import { launcher } from '../../src/launcher/launcher.ts';
import { redirectLibrary } from '../../src/launcher/redirect-library.ts';
import {
  compileInterpreter,
  compileProgram,
  identities,
  type Programs,
  paths,
  readReport,
} from '../support/launcher/tree.ts';
import { must, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const place = 'lib64/python3.11/site-packages/a package/bin/helper';
const program = `libexec/programs/${place}`;
/** A program for a real ld.so that reports how it was started. Its library is in a directory of its own. */
let mapped: Required<Programs>;
/** A loader that reports how it was executed. */
let executed: Programs;
let start: string;

before(async () => {
  mapped = await compileInterpreter(directory, 'x86_64', []);
  executed = { loader: await compileProgram(directory, 'report') };
  start = await compileProgram(directory, 'start');
});

/** Makes a tree with the launcher of the program, and no Python. */
function makeTree(top: string, identity: ElfIdentity, { loader, interpreter, libraries = [] }: Programs) {
  const own = { place, libraries: ['lib64/python3.11/site-packages/a package/lib'] };
  const bytes = launcher(identity, { ...paths, loader: 'libexec/ld.so', program, own });
  for (const file of [place, program, `${own.libraries[0]}/x`])
    mkdirSync(join(top, dirname(file)), { recursive: true });
  writeFileSync(join(top, place), bytes, { mode: 0o755 });
  cpSync(loader, join(top, 'libexec/ld.so'), { dereference: true });
  if (interpreter === undefined) writeFileSync(join(top, program), '');
  else cpSync(interpreter, join(top, program));
  for (const library of libraries)
    cpSync(library, join(top, own.libraries[0] ?? '', basename(library)), { dereference: true });
  return top;
}

/** The ways to start the program. `at` is a folder with the tree, and with links. */
const ways: { name: string; path: string; argv?: string[]; how?: 'path' | 'fd'; cwd?: string }[] = [
  { name: 'by its path', path: `AT/tree/${place}` },
  { name: 'through a link in the tree', path: 'AT/tree/bin/helper' },
  { name: 'through a link outside the tree', path: 'AT/link' },
  { name: 'through a link to its directory', path: 'AT/folder/helper' },
  { name: 'by a relative path', path: `tree/${place}`, cwd: 'AT' },
  { name: 'from its own directory', path: 'helper', cwd: `AT/tree/${dirname(place)}` },
  { name: 'under another name', path: 'AT/link', argv: ['-another name', 'x'] },
  { name: 'without any argument', path: 'AT/link', argv: [] },
  { name: 'by an open descriptor', path: `AT/tree/${place}`, how: 'fd' },
];

/** Python’s variables and those of ld.so have no meaning for the launcher of another program. */
const environment = [
  ...['PATH=/bin', 'PYTHONHOME=/x', 'PYTHONPLATLIBDIR=lib', 'RELOPACK_PYTHONHOME=/y', 'RELOPACK_CALLED=z'],
  ...['LD_LIBRARY_PATH=/nowhere', 'LD_PRELOAD=/nowhere/x.so', 'LOCPATH=/l', 'a.b=c', 'EMPTY='],
];

/** A program that needs ld.so and no library, as Go makes them. It ends with 42. */
const alone = `void _start(void)
{
    __asm__("mov $231, %eax; mov $42, %edi; syscall");
}
`;

function makeLinks(at: string): void {
  mkdirSync(join(at, 'tree/bin'));
  symlinkSync(`../${place}`, join(at, 'tree/bin/helper'));
  symlinkSync('tree/bin/helper', join(at, 'link'));
  symlinkSync(`tree/${dirname(place)}`, join(at, 'folder'));
}

function execute(
  at: string,
  { path, argv = ['helper', 'two words', ''], how = 'path', cwd }: (typeof ways)[0],
) {
  const file = join(directory, 'environment');
  writeFileSync(file, environment.map((variable) => `${variable}\0`).join(''));
  const options = cwd === undefined ? {} : { cwd: cwd.replace('AT', at) };
  return run(start, [how, path.replace('AT', at), file, ...argv], options);
}

describe('the static launcher of a program that is not Python', () => {
  let at: string;
  before(() => {
    at = scratch('pro gram-');
    makeTree(join(at, 'tree'), identities.x86_64, mapped);
    makeLinks(at);
  });

  for (const way of ways) {
    test(`passes on arguments and environment byte for byte, if it is started ${way.name}`, async () => {
      const { code, stdout, stderr } = await execute(at, way);
      assert.equal(code, 0, stderr);
      const { argv, env } = readReport(stdout);
      const given = way.argv ?? ['helper', 'two words', ''];
      // A kernel since 5.18 gives a program without arguments an empty one.
      assert.deepEqual(argv, given.length === 0 ? [''] : given);
      assert.deepEqual(env, environment);
    });
  }

  test('executes ld.so with the private directories first, if the program cannot be mapped', async () => {
    const other = makeTree(join(at, 'other'), identities.x86_64, executed);
    const { code, stdout, stderr } = await execute(at, { name: '', path: `AT/other/${place}` });
    assert.equal(code, 0, stderr);
    const { argv, env } = readReport(stdout);
    const search = `${other}/lib64/python3.11/site-packages/a package/lib:${other}/lib64:${other}/lib64/mysql`;
    assert.deepEqual(argv, [
      ...[`${other}/libexec/ld.so`, '--library-path', search, '--argv0', 'helper'],
      ...[`${other}/${program}`, 'two words', ''],
    ]);
    assert.deepEqual(env, environment);
  });

  test('lets ld.so make the stack executable, if the program requires it', async () => {
    const source = join(at, 'nested.c');
    // gcc puts the code of a nested function whose address is taken on the stack.
    writeFileSync(
      source,
      'int call(int (*f)(void)) { return f(); }\nint main(int c, char **v) { int f(void) { return c; } return call(f) + 41; }\n',
    );
    const interpreter = join(at, 'nested');
    await must('gcc', ['-O0', '-o', interpreter, source, '-Wl,-z,execstack', '-Wl,-rpath,$ORIGIN']);
    makeTree(join(at, 'nested tree'), identities.x86_64, { ...mapped, interpreter });
    const { code, stderr } = await execute(at, {
      name: '',
      path: `AT/nested tree/${place}`,
      argv: ['helper'],
    });
    assert.equal(code, 42, stderr);
  });

  test('adds no library to a program that needs none, as its functions would lack libc', async () => {
    const [source, interpreter] = [join(at, 'alone.c'), join(at, 'alone')];
    writeFileSync(source, alone);
    const options = ['-pie', '-nostdlib', '-ffreestanding', '-fPIE', '-Wl,-rpath,$ORIGIN'];
    await must('gcc', [...options, '-o', interpreter, source]);
    const tree = makeTree(join(at, 'alone tree'), identities.x86_64, { ...mapped, interpreter });
    const own = { place, libraries: [] };
    const redirect = 'lib64/librelopack.so';
    const settings = { ...paths, loader: 'libexec/ld.so', program, own, redirect };
    writeFileSync(join(tree, redirect), redirectLibrary(identities.x86_64, redirect, []) ?? '');
    writeFileSync(join(tree, place), launcher(identities.x86_64, settings));
    const { code, stderr } = await execute(at, { name: '', path: `AT/alone tree/${place}` });
    assert.equal(code, 42, stderr);
  });

  test('says that it works only in its tree, if it was copied', async () => {
    cpSync(join(at, 'tree', place), join(at, 'copy'));
    const { code, stderr } = await execute(at, { name: '', path: 'AT/copy' });
    assert.equal(code, 127);
    assert.match(stderr, /^\/libexec\/ld\.so: it is missing; this launcher works only in the tree/);
  });
});

describe('the launcher in sh of a program that is not Python', () => {
  let at: string;
  before(() => {
    at = scratch('pro gram-');
    makeTree(join(at, 'tree'), identities.s390x, executed);
    makeLinks(at);
  });

  for (const shell of [['dash'], ['bash', '--posix'], ['busybox', 'sh']]) {
    for (const { name, path, cwd } of ways.filter(
      ({ how, argv }) => how === undefined && argv === undefined,
    )) {
      test(`executes ld.so with the private directories first, if it is started ${name}: ${shell[0]}`, async () => {
        const [command = '', ...options] = shell;
        const called = path.replace('AT', at);
        const env = { PATH: '/usr/bin:/bin', PYTHONHOME: '/x' };
        const where = cwd === undefined ? {} : { cwd: cwd.replace('AT', at) };
        const { code, stdout, stderr } = await run(command, [...options, called, 'two words'], {
          env,
          ...where,
        });
        assert.equal(code, 0, stderr);
        const started = readReport(stdout);
        const tree = `${at}/tree`;
        const search = `${tree}/lib64/python3.11/site-packages/a package/lib:${tree}/lib64:${tree}/lib64/mysql`;
        assert.deepEqual(started.argv, [
          ...[`${tree}/libexec/ld.so`, '--library-path', search, '--argv0', called],
          ...[`${tree}/${program}`, 'two words'],
        ]);
        assert.ok(started.env.includes('PYTHONHOME=/x'));
        assert.ok(!started.env.some((variable) => variable.startsWith('RELOPACK_')));
      });
    }
  }
});
