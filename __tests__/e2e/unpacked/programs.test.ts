import assert from 'node:assert/strict';
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree } from '../../support/packed/packed.ts';
import { extendedHost } from '../../support/rpm-host/extended.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../support/rpm-host/targets.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const place = '/opt/my python';
const module = 'usr/lib64/python3.11/site-packages/programs';
const inTree = `${place}/lib64/python3.11/site-packages/programs`;

/** A path that is compiled into the host's libraries. Neither root has it. */
const listed = '/usr/share/terminfo/x/xterm-256color';

/** Prints how it was started, a number from its private library, whether `listed` can be read, and the loaded files. */
const helper = `#include <stdio.h>
#include <string.h>
#include <unistd.h>
int number(void);
extern char **environ;
static void print_file(const char *path)
{
    char line[4096];
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strchr(line, '/') || !strstr(path, "maps")) printf("%s %s", path, strchr(line, '/') ? strchr(line, '/') : line);
}
int main(int argc, char **argv)
{
    char exe[4096] = "";
    readlink("/proc/self/exe", exe, sizeof exe - 1);
    printf("number %d\\nexe %s\\nlisted %d\\n", number(), exe, fopen("${listed}", "r") != 0);
    for (int i = 0; i < argc; i++) printf("argument %s\\n", argv[i]);
    for (char **variable = environ; *variable; variable++) printf("variable %s\\n", *variable);
    print_file("/proc/self/comm");
    print_file("/proc/self/maps");
    return 0;
}
`;
const library = 'int number(void) { return 42; }';

/** Starts the helper as a package does. */
const python = `import importlib.resources, subprocess
def run():
    with importlib.resources.path(__name__ + ".bin", "helper") as path:
        return subprocess.run([path, "from Python"], stdout=subprocess.PIPE, check=True).stdout.decode()
`;

describe('ELF programs of a packed package', () => {
  let packed: PackedTree;
  let roots: ForeignRoots;
  /** A directory with a link. */
  let work: string;

  before(async () => {
    roots = await foreignRoots();
    const directory = await compile();
    const host = await extendedHost([
      {
        name: 'python3-programs',
        requires: ['python(abi) = 3.11'],
        install: [
          `mkdir -p ${module}/bin ${module}/lib ${module}/samples usr/bin usr/libexec/programs usr/sbin`,
          `cp '${directory}'/libnumber.so.1 ${module}/lib`,
          `cp '${directory}'/helper '${directory}'/fixed '${directory}'/static ${module}/bin`,
          `install -m 644 '${directory}'/helper ${module}/samples/sample`,
          `install -m 711 '${directory}'/deep usr/libexec/programs/helper`,
          `cp '${directory}'/deep usr/sbin/elftool`,
          `touch ${module}/bin/__init__.py`,
          `cp '${directory}'/__init__.py ${module}`,
          `ln ${module}/bin/helper ${module}/bin/again`,
          `ln -s ../../${module}/bin/helper usr/bin/elflink`,
        ],
        files: [`/${module}`, '/usr/libexec/programs', '/usr/bin/*', '/usr/sbin/*'],
      },
    ]);
    packed = await packTree(['python3-programs'], ['--prefix', 'py'], host);
    work = scratch('work-');
    symlinkSync(`${place}/bin/elflink`, join(work, 'link'));
  });
  after(() => packed?.remove());

  const enter = async (root: keyof ForeignRoots, argv: string[], options: InRoot = {}) => {
    const { code, stdout, stderr } = await inRoot(roots[root], argv, {
      env: { PATH: '/usr/bin:/bin' },
      readOnly: { [packed.tree]: place, [work]: '/work' },
      ...options,
    });
    assert.equal(code, 0, stderr);
    return parse(stdout.toString());
  };

  const starts: { name: string; argv: string[]; exe: string; options?: InRoot; argv0?: string }[] = [
    { name: 'in the directory of a module', argv: [`${inTree}/bin/helper`], exe: `${inTree}/bin/helper` },
    { name: 'by a hard link', argv: [`${inTree}/bin/again`], exe: `${inTree}/bin/again` },
    { name: 'with fixed addresses', argv: [`${inTree}/bin/fixed`], exe: `${inTree}/bin/fixed` },
    {
      name: 'in libexec',
      argv: [`${place}/libexec/programs/helper`],
      exe: `${place}/libexec/programs/helper`,
    },
    { name: 'that is a command', argv: [`${place}/bin/elftool`], exe: `${place}/bin/elftool` },
    { name: 'by a link in bin', argv: [`${place}/bin/elflink`], exe: `${inTree}/bin/helper` },
    { name: 'through a link outside the tree', argv: ['/work/link'], exe: `${inTree}/bin/helper` },
    {
      name: 'through PATH',
      argv: ['elflink'],
      exe: `${inTree}/bin/helper`,
      options: { env: { PATH: `/usr/bin:/bin:${place}/bin` } },
    },
    {
      name: 'by a relative path',
      argv: ['./bin/helper'],
      exe: `${inTree}/bin/helper`,
      options: { cwd: inTree },
    },
    {
      name: 'with variables for the programs of the machine',
      argv: [`${inTree}/bin/helper`],
      exe: `${inTree}/bin/helper`,
      options: {
        env: {
          LD_LIBRARY_PATH: '/lib',
          LD_PRELOAD: '/nowhere.so',
          PYTHONHOME: '/x',
          LOCPATH: '/l',
          'a.b': '',
        },
      },
    },
  ];
  for (const root of ['bullseye', 'busybox'] as const) {
    for (const { name, argv, exe, options = {} } of starts) {
      test(`one starts ${name}, with the caller’s arguments and variables, in ${root}`, async () => {
        const env = { PATH: '/usr/bin:/bin', ...options.env };
        const found = await enter(root, [...argv, 'two words', ''], options);
        assert.deepEqual(found.number, ['42']);
        assert.deepEqual(found.exe, [exe]);
        assert.deepEqual(found.argument, [...argv, 'two words', '']);
        const given = Object.entries(options.env ?? env).map(([key, value]) => `${key}=${value}`);
        assert.deepEqual(found.variable?.sort(), given.sort());
        const [called = ''] = argv;
        assert.deepEqual(found['/proc/self/comm'], [called.replace(/.*\//, '').slice(0, 15)]);
        const foreign = found['/proc/self/maps']?.filter((path) => !path.startsWith(`${place}/`));
        assert.deepEqual(foreign, []);
      });
    }

    test(`one starts from Python, in ${root}`, async () => {
      const script = 'import programs; print(programs.run())';
      const found = await enter(root, [`${place}/bin/python3`, '-c', script]);
      assert.deepEqual(found.argument, [`${inTree}/bin/helper`, 'from Python']);
      assert.deepEqual(found.number, ['42']);
    });

    for (const tree of [place, '/opt/$LIB/$ORIGIN']) {
      test(`one in ${tree} reads the data of the tree by the paths of the host, in ${root}`, async () => {
        const argv = [`${tree}/libexec/programs/helper`];
        const options = { readOnly: { [packed.tree]: tree } };
        const found = await enter(root, argv, options);
        assert.deepEqual([found.number, found.listed], [['42'], ['1']]);
        const without = await enter(root, argv, { ...options, env: { RELOPACK_REDIRECT: '0' } });
        assert.deepEqual([without.number, without.listed], [['42'], ['0']]);
      });
    }

    test(`one starts for another user, in ${root}`, async () => {
      const script = `import os, programs; os.setgid(1); os.setuid(1); print(programs.run())
os.execv("${place}/libexec/programs/helper", ["another name"])`;
      const found = await enter(root, [`${place}/bin/python3`, '-uc', script]);
      assert.deepEqual(found.argument, [`${inTree}/bin/helper`, 'from Python', 'another name']);
    });
  }

  test('that are static, or not executable, are packed as they are', () => {
    const own = (path: string) => readFileSync(join(packed.tree, path));
    const at = 'lib64/python3.11/site-packages/programs';
    assert.ok(own(`${at}/bin/static`).length > 500_000);
    assert.ok(own(`${at}/samples/sample`).includes('libnumber.so.1'));
    const moved = packed.entries.filter(
      ({ path, type }) => type !== 'directory' && path.includes('/libexec/programs/'),
    );
    assert.deepEqual(moved.map(({ path }) => path.replace(/^py\/libexec\/programs\//, '')).sort(), [
      'bin/elftool',
      'helper',
      `${at}/bin/again`,
      `${at}/bin/fixed`,
      `${at}/bin/helper`,
      'libexec/programs/helper',
    ]);
    // The launcher has the mode of the program. The program can be read by everybody who may start it.
    assert.equal(statSync(join(packed.tree, 'libexec/programs/helper')).mode & 0o777, 0o711);
    assert.equal(statSync(join(packed.tree, 'libexec/programs/libexec/programs/helper')).mode & 0o777, 0o755);
  });
});

/** The values in the lines of the helper, by their first words. */
function parse(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const line of text.split('\n').filter(Boolean)) {
    const [name = ''] = line.split(' ', 1);
    found[name] = [...(found[name] ?? []), line.slice(name.length + 1)];
  }
  return found;
}

async function compile(): Promise<string> {
  const directory = scratch('programs-');
  writeFileSync(join(directory, 'helper.c'), helper);
  writeFileSync(join(directory, 'number.c'), library);
  writeFileSync(join(directory, '__init__.py'), python);
  const gcc = (...args: string[]) => must('gcc', args, { cwd: directory });
  await gcc('-shared', '-fPIC', '-o', 'libnumber.so.1', 'number.c', '-Wl,-soname,libnumber.so.1');
  const near = '-Wl,--enable-new-dtags,-rpath,$ORIGIN/../lib';
  const far = '-Wl,--enable-new-dtags,-rpath,$ORIGIN/../../lib64/python3.11/site-packages/programs/lib';
  await gcc('-o', 'helper', 'helper.c', 'libnumber.so.1', near);
  await gcc('-no-pie', '-o', 'fixed', 'helper.c', 'libnumber.so.1', near);
  await gcc(
    '-o',
    'deep',
    'helper.c',
    'libnumber.so.1',
    far,
    '-Wl,-rpath,/usr/lib64/python3.11/site-packages/programs/lib',
  );
  await gcc('-static', '-o', 'static', 'helper.c', 'number.c');
  return directory;
}
