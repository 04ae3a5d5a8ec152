import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { architectures } from '../../scripts/native.ts';
import { extendGetenv } from '../../src/elf/isolate/getenv.ts';
import { output } from '../support/elf/tools.ts';
import {
  compileInterpreter,
  compileProgram,
  identities,
  makeTree,
  type Programs,
  paths,
  readReport,
} from '../support/launcher/tree.ts';
import { type ProcessResult, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
/** A loader that reports how it was executed, without an interpreter. */
let executed: Programs;
/** An interpreter that reports how it was started, with a real ld.so. */
let mapped: Programs;
/** An interpreter whose alignment requires 64 MB of addresses. */
let huge: string;
let start: string;

before(async () => {
  executed = { loader: await compileProgram(directory, 'report') };
  mapped = await compileInterpreter(directory, 'x86_64', []);
  const options = ['-pie', '-Wl,-z,max-page-size=0x4000000'];
  huge = (await compileInterpreter(directory, 'x86_64', options)).interpreter;
  start = await compileProgram(directory, 'start');
});

interface Start {
  how?: 'path' | 'fd' | 'cloexec';
  argv?: string[];
  env?: Buffer | string;
  cwd?: string;
  /** Programs that run the launcher: an emulator, or one that removes something that it might need. */
  through?: string[];
}

/** Starts a program by execve, with exactly these arguments and variables. */
function execute(
  program: string,
  { how = 'path', argv = ['python3'], env = '', cwd, through = [] }: Start = {},
) {
  const variables = join(directory, 'environment');
  writeFileSync(variables, env);
  const [file = '', ...args] = [...through, start, how, program, variables, ...argv];
  return run(file, args, { ...(cwd === undefined ? {} : { cwd }) });
}

async function started(program: string, options: Start = {}) {
  const { code, stdout, stderr } = await execute(program, options);
  assert.equal(code, 0, stderr);
  return readReport(stdout);
}

/** The arguments that ld.so must get if it is executed, and a tree is started under a name. */
function command(tree: string, name: string, search = `${tree}/lib64:${tree}/lib64/mysql`): string[] {
  const python = [name, `${tree}/${paths.program}`];
  return [`${tree}/${paths.loader}`, '--library-path', search, '--argv0', ...python];
}

/** The variables that a launcher passes on, sorted. Every sh sets PWD. */
function passedOn(variables: readonly string[]): string[] {
  return variables.filter((variable) => !variable.startsWith('PWD=')).sort();
}

/** The ways to start a Python. `at` is a folder with the tree `py`, and `links` is a folder for what a way needs. */
const ways: {
  name: string;
  prepare?: (at: string, links: string) => void;
  program: (at: string, links: string) => string;
  cwd?: (at: string) => string;
  argv?: (at: string, links: string) => string[];
  how?: Start['how'];
  /** The name that Python must get; undefined if that is the launcher of the tree. */
  called?: (at: string, links: string) => string;
  /** The name that Python gets from sh, if it is another. */
  shCalled?: (at: string) => string;
  args?: (at: string, links: string) => string[];
  /** The argv[0] that Python keeps, because it finds itself by it; the name that it must get if absent. */
  argv0?: string;
  /** Set if Python would not find the tree from its name: it gets the path of the interpreter, and a variable. */
  isLost?: true;
  /** Set if sh cannot do this: a script is always found by a path. */
  only?: 'static';
  /** The path of the tree that sh finds, if it is another: it does not follow links that it need not follow. */
  shTree?: (at: string, links: string) => string;
}[] = [
  { name: 'by its path', program: (at) => `${at}/py/bin/python3`, called: (at) => `${at}/py/bin/python3` },
  {
    name: 'by its full name',
    program: (at) => `${at}/py/bin/python3.11`,
    called: (at) => `${at}/py/bin/python3.11`,
  },
  {
    name: 'through a link to the file, in a tree that has a loader of its own',
    prepare: (at, links) => {
      mkdirSync(`${links}/bin`);
      symlinkSync(`${at}/py/bin/python3`, `${links}/bin/py`);
      mkdirSync(`${links}/${dirname(paths.loader)}`, { recursive: true });
      symlinkSync('/nowhere', `${links}/${paths.loader}`);
    },
    program: (_, links) => `${links}/bin/py`,
    called: (_, links) => `${links}/bin/py`,
    shCalled: (at) => `${at}/py/bin/python3`,
  },
  {
    name: 'through a link to a link in its directory, both without a relative directory',
    prepare: (at, links) => {
      symlinkSync(`${at}/py/bin/python3`, `${links}/one`);
      symlinkSync('one', `${links}/two`);
    },
    program: (_, links) => `${links}/two`,
    called: (_, links) => `${links}/two`,
    shCalled: (at) => `${at}/py/bin/python3`,
  },
  {
    name: 'through a link to a link, one of them relative',
    prepare: (at, links) => {
      symlinkSync(`../py/bin/python3`, `${at}/links/one`);
      symlinkSync(`${links}/one`, `${links}/two`);
    },
    program: (_, links) => `${links}/two`,
  },
  {
    name: 'through a link to its directory',
    prepare: (at, links) => symlinkSync(`${at}/py/bin`, `${links}/bin`),
    program: (_, links) => `${links}/bin/python3`,
  },
  {
    name: 'through a link to its tree, whose name it keeps',
    prepare: (at, links) => symlinkSync(`${at}/py`, `${links}/tree`),
    program: (_, links) => `${links}/tree/bin/python3`,
    called: (_, links) => `${links}/tree/bin/python3`,
    shTree: (_, links) => `${links}/tree`,
  },
  { name: 'by a relative path', program: () => 'py/bin/python3', cwd: (at) => at },
  { name: 'by a relative path with dots', program: () => '..//./bin/python3', cwd: (at) => `${at}/py/lib64` },
  { name: 'by its bare name in its own directory', program: () => 'python3', cwd: (at) => `${at}/py/bin` },
  {
    name: 'with an argv[0] that names another program',
    program: (at) => `${at}/py/bin/python3`,
    argv: () => ['/usr/bin/true'],
  },
  {
    name: 'with no argument at all, not even argv[0]',
    program: (at) => `${at}/py/bin/python3`,
    argv: () => [],
  },
  { name: 'by an open descriptor', program: (at) => `${at}/py/bin/python3`, how: 'fd', only: 'static' },
  {
    name: 'by a descriptor that is closed',
    program: (at) => `${at}/py/bin/python3`,
    how: 'cloexec',
    only: 'static',
  },
  {
    name: 'by the first line of a script in a bin directory',
    prepare: (_, links) => {
      mkdirSync(`${links}/bin`);
      // A relative path, because the kernel allows no spaces.
      writeFileSync(`${links}/bin/tool`, '#!py/bin/python3 -E\n', { mode: 0o755 });
    },
    program: (_, links) => `${links}/bin/tool`,
    cwd: (at) => at,
    argv: () => ['tool', 'argument'],
    argv0: 'py/bin/python3',
    args: (_, links) => ['-E', `${links}/bin/tool`, 'argument'],
    only: 'static',
  },
  {
    name: 'in a virtual environment of links',
    prepare: (at, links) => {
      mkdirSync(`${links}/venv/bin`, { recursive: true });
      symlinkSync(`${at}/py/bin/python3`, `${links}/venv/bin/python`);
      writeFileSync(`${links}/venv/pyvenv.cfg`, `home = ${at}/py/bin\n`);
    },
    program: (_, links) => `${links}/venv/bin/python`,
    called: (_, links) => `${links}/venv/bin/python`,
  },
  {
    name: 'in a virtual environment of copies, whose home leads through a link',
    isLost: true,
    prepare: (at, links) => {
      symlinkSync(`${at}/py/bin`, `${links}/home`);
      mkdirSync(`${links}/venv/bin`, { recursive: true });
      copyFileSync(`${at}/py/bin/python3`, `${links}/venv/bin/python3`);
      const settings = `include-system-site-packages = false\nhome = ${links}/home\nhomely = /nowhere\n`;
      writeFileSync(`${links}/venv/pyvenv.cfg`, settings);
    },
    program: (_, links) => `${links}/venv/bin/python3`,
    called: (_, links) => `${links}/venv/bin/python3`,
  },
  {
    name: 'in a virtual environment of copies that was made by another one, as before Python 3.11',
    isLost: true,
    prepare: (at, links) => {
      for (const [venv, home] of [
        ['first', `${at}/py/bin`],
        ['second', `${links}/first/bin`],
      ] as const) {
        mkdirSync(`${links}/${venv}/bin`, { recursive: true });
        copyFileSync(`${at}/py/bin/python3`, `${links}/${venv}/bin/python3`);
        writeFileSync(`${links}/${venv}/pyvenv.cfg`, `home = ${home}\n`);
      }
    },
    program: (_, links) => `${links}/second/bin/python3`,
    called: (_, links) => `${links}/second/bin/python3`,
  },
];

const places = ['plain', 'with space', 'quote\'s "and\\', 'Käse'];

/** The launchers. The static one becomes the interpreter, or it executes ld.so as the one in sh always does. */
const launchers = [
  { kind: 'static', identity: identities.x86_64, executes: false },
  { kind: 'static that cannot map', identity: identities.x86_64, executes: true },
  { kind: 'sh', identity: identities.s390x, executes: true },
] as const;

for (const { kind, identity, executes } of launchers) {
  const make = (top: string, own = paths) => makeTree(top, identity, executes ? executed : mapped, own);
  describe(`the launcher, ${kind}`, () => {
    for (const [index, place] of places.entries()) {
      const at = join(directory, kind, place);
      before(() => make(join(at, 'py')));
      const bytes = (text: string) => Buffer.from(text).toString('latin1');

      for (const way of index === 0 ? ways : ways.slice(0, 4)) {
        if (kind === 'sh' && way.only === 'static') continue;
        test(`starts ${way.name}; the tree is in '${place}'`, async () => {
          const links = join(at, 'links');
          rmSync(links, { recursive: true, force: true });
          mkdirSync(links);
          way.prepare?.(at, links);
          const { argv, env } = await started(way.program(at, links), {
            ...(way.how === undefined ? {} : { how: way.how }),
            ...(way.cwd === undefined ? {} : { cwd: way.cwd(at) }),
            argv: way.argv?.(at, links) ?? ['python3', '-c', 'pass', '', 'two words'],
          });
          const args =
            way.args?.(at, links) ?? (way.argv === undefined ? ['-c', 'pass', '', 'two words'] : []);
          const own = way.called?.(at, links) ?? `${at}/py/bin/python3`;
          const called = (kind === 'sh' && way.shCalled?.(at)) || own;
          const tree = (kind === 'sh' && way.shTree?.(at, links)) || `${at}/py`;
          const isLost = way.isLost && kind !== 'sh';
          const name = isLost ? `${tree}/${paths.program}` : (way.argv0 ?? called);
          const front = executes ? command(tree, called) : [name];
          if (executes && isLost) front.splice(3, 2);
          assert.deepEqual(argv, [...front, ...args].map(bytes));
          assert.equal(env.includes(bytes(`RELOPACK_ARGV0=${called}`)), isLost ?? false);
        });
      }
    }

    for (const place of ['co:lon', 'semi;colon', '$ORIGIN', '$LIB']) {
      const how = executes ? 'gives ld.so no library path' : 'leaves the search to RUNPATH';
      test(`${how} if ld.so would not take the path literally: '${place}'`, async () => {
        const tree = make(join(directory, kind, place));
        const name = `${tree}/bin/python3`;
        const { argv } = await started(name);
        assert.deepEqual(argv, executes ? command(tree, name, '') : [name]);
      });
    }

    test('renames PYTHONHOME and PYTHONPLATLIBDIR, removes its own variables, and changes no others', async () => {
      const own = ['LOCPATH', 'ARGV0', 'CALLED', 'PYTHONHOME', 'PYTHONPLATLIBDIR'];
      const kept = ['LOCPATH=/l', 'PYTHONHOMEPAGE=x', 'PYTHONPATH=/p', 'RELOPACK_OTHER=x'];
      const renamed = ['PYTHONHOME=/usr', 'PYTHONPLATLIBDIR=lib'];
      const program = join(directory, kind, 'plain/py/bin/python3');
      const { env: seen } = await started(program, {
        argv: [program],
        env: [...own.map((name) => `RELOPACK_${name}=stale`), ...renamed, ...kept]
          .map((variable) => `${variable}\0`)
          .join(''),
      });
      assert.deepEqual(
        passedOn(seen),
        [...kept, ...renamed.map((variable) => `RELOPACK_${variable}`)].sort(),
      );
    });

    if (executes)
      test('names Python by a variable if ld.so has no --argv0', async () => {
        const tree = make(join(directory, kind, 'older'), { ...paths, argv0: false });
        const link = join(directory, kind, 'to older');
        symlinkSync(`${tree}/bin/python3`, link);
        const options = { argv: ['x', 'argument'], env: 'RELOPACK_ARGV0=stale\0' };
        for (const program of [`${tree}/bin/python3`, link]) {
          const { argv, env } = await started(program, options);
          const [loader = '', , search = '', , name] = command(tree, `${tree}/bin/python3`);
          const interpreter = `${tree}/${paths.program}`;
          assert.deepEqual(argv, [loader, '--library-path', search, interpreter, 'argument']);
          // Only the static launcher knows its argv[0].
          const called = identity === identities.x86_64 ? ['RELOPACK_CALLED=x'] : [];
          // The one in sh follows each link itself.
          const seen = identity === identities.x86_64 ? program : name;
          assert.deepEqual(passedOn(env), [`RELOPACK_ARGV0=${seen}`, ...called]);
        }
      });

    const localized = { ...paths, locales: 'lib/locale' };
    for (const { name, place, env, expected } of [
      { name: 'the caller has none', place: 'none', env: '', expected: ['LOCPATH=TREE/lib/locale'] },
      {
        name: 'the caller has one, which it renames',
        place: 'own',
        env: 'LOCPATH=/loc ale\0RELOPACK_LOCPATH=stale\0GCONV_PATH=/g\0',
        expected: ['GCONV_PATH=/g', 'LOCPATH=TREE/lib/locale', 'RELOPACK_LOCPATH=/loc ale'],
      },
      {
        name: "not if the tree's path has a colon",
        place: 'c:',
        env: 'LOCPATH=/l\0',
        expected: ['LOCPATH=/l'],
      },
    ]) {
      const how = executes ? 'sets LOCPATH for the start' : 'sets no LOCPATH';
      test(`${how}: ${name}`, async () => {
        const tree = make(join(directory, kind, `locales ${place}`), localized);
        const program = `${tree}/bin/python3`;
        const { env: seen } = await started(program, { argv: [program], env });
        const callers = env.split('\0').filter((variable) => /^(?!RELOPACK_)./.test(variable));
        assert.deepEqual(
          passedOn(seen),
          executes ? expected.map((variable) => variable.replace('TREE', tree)) : callers.sort(),
        );
      });
    }
  });
}

describe('the static launcher', () => {
  let tree: string;
  before(() => {
    tree = makeTree(join(directory, 'static tree'), identities.x86_64, mapped);
  });

  test('passes on the environment byte for byte', async () => {
    const variables = [
      ...['PATH=/bin', 'TWICE=1', 'TWICE=2', 'EMPTY=', '=no name', 'no equals sign', 'INPUT_A-B=x', 'a.b=c'],
      ...[
        'BASH_FUNC_f%%=() { :; }',
        'PS1=$ ',
        'PWD=/elsewhere',
        'OLDPWD=/',
        '_=x',
        'SHLVL=7',
        'bytes=\xff\xfe\x01\n',
      ],
      `long=${'x'.repeat(100_000)}`,
    ];
    const env = Buffer.from(variables.map((variable) => `${variable}\0`).join(''), 'latin1');
    const program = `${tree}/bin/python3`;
    assert.deepEqual((await started(program, { argv: [program], env })).env, variables);
    assert.deepEqual((await started(program, { argv: [program] })).env, []);
  });

  test('passes on thousands of arguments', async () => {
    const argv = ['python3', ...Array.from({ length: 5000 }, (_, index) => `argument ${index}`)];
    const { argv: seen } = await started(`${tree}/bin/python3`, { argv });
    assert.deepEqual(seen.slice(1), argv.slice(1));
  });

  const without = ['unshare', '--mount', 'sh', '-c', 'umount -l /proc && exec "$@"', 'sh'];
  for (const { name, link, how = 'path' } of [
    { name: 'by its path' },
    { name: 'through a link', link: 'link without proc' },
    { name: 'by a closed descriptor, if argv[0] is its path', how: 'cloexec' },
  ] as const) {
    test(`needs no /proc ${name}`, async () => {
      const program = link === undefined ? `${tree}/bin/python3` : join(directory, link);
      if (link !== undefined) symlinkSync(`${tree}/bin/python3`, program);
      const argv0 = how === 'path' ? 'python3' : program;
      const { argv } = await started(program, { through: without, how, argv: [argv0] });
      assert.deepEqual(argv, [program]);
    });
  }

  /** Ways to break a tree, and what the launcher then says. */
  const failures: {
    name: string;
    spoil: (at: string) => void;
    through?: string[];
    code: number;
    message: RegExp;
  }[] = [
    {
      name: 'a launcher that was moved out of its tree',
      spoil: (at) => rmSync(`${at}/libexec`, { recursive: true }),
      code: 127,
      message: /^TREE\/libexec\/loader\/python3\.11: it is missing; this launcher works only in the tree/,
    },
    {
      name: 'a virtual environment whose Python is gone',
      spoil: (at) => {
        rmSync(`${at}/libexec`, { recursive: true });
        writeFileSync(`${at}/pyvenv.cfg`, 'home = /gone/py/bin\n');
      },
      code: 127,
      message: /^\/gone\/py\/libexec\/python3\.11: it is missing\n$/,
    },
    {
      name: 'an interpreter that is gone',
      spoil: (at) => rmSync(`${at}/libexec/python3.11`),
      code: 127,
      message: /^TREE\/libexec\/python3\.11: it is missing\n$/,
    },
    {
      name: 'a directory that is mounted with noexec',
      spoil: () => {},
      through: [
        ...['unshare', '--mount', 'sh', '-c'],
        'cd "$(dirname "$3")/../libexec" && mount --bind . . && mount -o remount,bind,noexec . && exec "$@"',
        'sh',
      ],
      code: 126,
      message: /^TREE\/libexec\/python3\.11: it cannot be executed: its permissions, a mount with noexec/,
    },
    {
      name: 'a limit of the address space that is too low',
      spoil: (at) => copyFileSync(huge, `${at}/libexec/python3.11`),
      through: ['prlimit', '--as=4000000'],
      code: 126,
      message:
        /^TREE\/libexec\/python3\.11: there is not enough memory for it, or a limit of memory \(ulimit -v, -d\)/,
    },
    {
      name: 'a loader of another architecture',
      spoil: (at) => writeFileSync(`${at}/libexec/ld.so`, 'not for this machine'),
      code: 126,
      message: /^TREE\/libexec\/loader\/python3\.11: it is not a program for this machine's architecture\n$/,
    },
  ];
  for (const [index, { name, spoil, through = [], code, message }] of failures.entries()) {
    test(`says what is wrong with ${name}`, async () => {
      const broken = makeTree(join(directory, `broken ${index}`), identities.x86_64, mapped);
      spoil(broken);
      const finished = await execute(`${broken}/bin/python3`, { through });
      assert.equal(finished.code, code);
      assert.match(finished.stderr.replace(broken, 'TREE'), message);
      assert.equal(finished.stdout.length, 0);
    });
  }

  test('says that its path is too long, if it is longer than the kernel allows', async () => {
    const finished = await fromTheDepth(tree);
    assert.equal(finished.code, 127);
    assert.equal(finished.stderr, 'py/bin/python3: its path is too long, or its links form a loop\n');
  });

  /** Starts a copy of the tree by a relative path. The copy is so deep that its absolute path exceeds 4096 bytes. */
  function fromTheDepth(copied: string): Promise<ProcessResult> {
    const script = `
import os, shutil, sys
shutil.copytree(sys.argv[1], sys.argv[2] + "/py", symlinks=True)
top = os.open(sys.argv[2], os.O_RDONLY)
for _ in range(20):
    os.mkdir("d" * 250); os.rename(f"/proc/self/fd/{top}/py", "py"); os.rename("py", "d" * 250 + "/py")
    os.chdir("d" * 250); top = os.open(".", os.O_RDONLY)
os.execv("py/bin/python3", ["python3"])
`;
    const deep = join(directory, 'deep');
    mkdirSync(deep);
    return run('/usr/bin/python3', ['-c', script, copied, deep], { cwd: deep });
  }

  /** Layouts of an interpreter, as options of the linker. */
  const layouts = {
    'without a fixed address': ['-pie'],
    'at a fixed address, as the Python of Debian is': ['-no-pie'],
    'with headers and code in one segment': ['-pie', '-Wl,-z,noseparate-code'],
    'aligned for pages of 64 kB': ['-pie', '-Wl,-z,max-page-size=65536'],
    'aligned to 2 MB': ['-pie', '-Wl,-z,max-page-size=0x200000'],
    'without RELRO': ['-no-pie', '-Wl,-z,norelro'],
    'bound at its start': ['-pie', '-Wl,-z,relro,-z,now'],
  };
  for (const [name, options] of Object.entries(layouts)) {
    test(`maps an interpreter that is ${name}`, async () => {
      const programs = await compileInterpreter(directory, 'x86_64', options);
      const own = makeTree(join(directory, name), identities.x86_64, programs);
      const program = `${own}/bin/python3`;
      assert.deepEqual((await started(program, { argv: [program, 'x'] })).argv, [program, 'x']);
    });

    for (const page of ['4096', '16384', '65536'].filter(() => !options.includes('-Wl,-z,noseparate-code')))
      test(`maps an interpreter that is ${name}, on aarch64 with pages of ${page} bytes`, async () => {
        const programs = await compileInterpreter(directory, 'aarch64', options);
        const own = makeTree(join(directory, `${name} ${page}`), identities.aarch64, programs);
        const program = `${own}/bin/python3`;
        const { code, stdout, stderr } = await run('qemu-aarch64-static', ['-p', page, program, 'x'], {
          env: { LD_PRELOAD: '/nowhere', 'INPUT_A-B': 'x' },
        });
        assert.equal(code, 0, stderr);
        assert.equal(stderr, '');
        assert.deepEqual(readReport(stdout), {
          argv: [program, 'x'],
          env: ['INPUT_A-B=x', 'LD_PRELOAD=/nowhere'],
        });
      });
  }

  for (const architecture of architectures) {
    test(`gives libc its own variables, and leaves the environment as it is, on ${architecture}`, async () => {
      const library = join(directory, `libinitializer-${architecture}.so`);
      const source = join(import.meta.dirname, '../support/launcher/variables.c');
      const compiler = `${architecture}-linux-gnu-gcc`;
      await output(compiler, '-shared', '-fPIC', '-DLIBRARY', '-o', library, source);
      const needed = ['-Wl,--no-as-needed', `-L${directory}`, `-linitializer-${architecture}`];
      const programs = await compileInterpreter(directory, architecture, needed, 'variables');
      programs.libraries = [...programs.libraries, library];
      const data = { locales: 'lib/locale', zones: 'share/zoneinfo' };
      const own = makeTree(join(directory, 'variables', architecture), identities[architecture], programs, {
        ...paths,
        ...data,
      });
      const libc = join(own, 'lib64/libc.so.6');
      writeFileSync(libc, extendGetenv(readFileSync(libc), libc));
      const emulator = architecture === 'aarch64' ? ['qemu-aarch64-static'] : [];
      const [file = '', ...args] = [...emulator, `${own}/bin/python3`];
      const zones = existsSync('/usr/share/zoneinfo') ? [] : [`main TZDIR=${own}/share/zoneinfo`];
      const ours = [`main LOCPATH=${own}/lib/locale`, 'main GCONV_PATH=/dev/null'];
      for (const [env, expected] of [
        [{}, [...ours, ...zones]],
        [
          { LOCPATH: '/l', GCONV_PATH: '/g', TZDIR: '/z' },
          [
            'initializer TZDIR=/z',
            ...ours,
            'main TZDIR=/z',
            ...['GCONV_PATH=/g', 'LOCPATH=/l', 'TZDIR=/z'].map((variable) => `environment ${variable}`),
          ],
        ],
      ] as const) {
        const { code, stdout, stderr } = await run(file, args, { env });
        assert.equal(code, 0, stderr);
        assert.deepEqual(stdout.toString().trim().split('\n').toSorted(), [...expected].toSorted());
      }
    });
  }

  for (const { name, program, called } of [
    { name: 'by its path', program: 'py/bin/python3', called: 'py/bin/python3' },
    { name: 'through a link', program: 'link', called: 'py/bin/python3' },
    { name: 'through a link to its directory', program: 'bin/python3', called: 'py/bin/python3' },
    { name: 'through a link to its tree', program: 'tree/bin/python3', called: 'tree/bin/python3' },
  ]) {
    test(`starts ${name}, on aarch64`, async () => {
      const links = join(directory, 'aarch64', name);
      const programs = await compileInterpreter(directory, 'aarch64', []);
      makeTree(join(links, 'py'), identities.aarch64, programs);
      symlinkSync('py/bin/python3', join(links, 'link'));
      symlinkSync('py', join(links, 'tree'));
      symlinkSync('py/bin', join(links, 'bin'));
      const qemu = () => run('qemu-aarch64-static', [join(links, program), '-c', ''], { env: {} });
      const { code, stdout, stderr } = await qemu();
      assert.equal(code, 0, stderr);
      assert.deepEqual(readReport(stdout).argv, [join(links, called), '-c', '']);
      rmSync(join(links, 'py/libexec/ld.so'));
      const broken = await qemu();
      assert.equal(broken.code, 127);
      assert.match(broken.stderr, /libexec\/loader\/python3\.11: it is missing/);
    });
  }
});
