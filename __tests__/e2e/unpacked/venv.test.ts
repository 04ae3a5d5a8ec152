import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../support/packed/packed.ts';
import { makeWheels } from '../../support/packed/wheels.ts';
import { rpmHost } from '../../support/rpm-host/build.ts';
import { type ForeignRoots, foreignRoots, inRoot } from '../../support/rpm-host/targets.ts';

const tree = '/opt/my py';

/** Commands for sh that make an environment at `$venv` from another one. */
const nested = [
  {
    name: 'of links, made by one of copies',
    make: `"$py" -m venv --without-pip --copies '/tmp/a venv' && '/tmp/a venv/bin/python3' -m venv --without-pip "$venv"`,
  },
  {
    name: 'of copies, made by one of links',
    make: `"$py" -m venv --without-pip '/tmp/a venv' && '/tmp/a venv/bin/python3' -m venv --without-pip --copies "$venv"`,
  },
];

const describes = `
import sys, sysconfig
print(sys.prefix, sys.base_prefix, sys.executable, sys._base_executable)
for name in "purelib", "platlib", "scripts", "stdlib", "platstdlib", "data":
    print(sysconfig.get_path(name))
`;

const works = `
import natively, purely
print(natively.call())
inside = sys.prefix + "/", sys.base_prefix + "/"
mapped = {line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if "/" in line}
print(len([path for path in mapped if "natively" in path]), [path for path in mapped if not path.startswith(inside)])
`;

describe('a virtual environment', () => {
  let roots: ForeignRoots;
  let packed: string;
  let wheels: string;
  before(async () => {
    [roots, packed] = [await foreignRoots(), await sharedTree()];
    wheels = await makeWheels(join((await rpmHost()).root, 'usr/include/python3.11'));
  });

  async function enter(root: keyof ForeignRoots, script: string, program: string): Promise<string[]> {
    const prologue = `set -e; py='${tree}/bin/python3'`;
    const argv = ['/bin/sh', '-c', `${prologue}\n${script}`, 'sh', program];
    const { code, stdout, stderr } = await inRoot(roots[root], argv, {
      env: { PATH: '/usr/bin:/bin', HOME: '/root' },
      readOnly: { [packed]: tree, [wheels]: '/wheels' },
    });
    assert.equal(code, 0, stderr);
    return stdout.toString().split('\n').slice(0, -1);
  }
  const described = (venv: string) => [
    `${venv} ${tree} ${venv}/bin/python3 ${tree}/bin/python3`,
    `${venv}/lib/python3.11/site-packages`,
    `${venv}/lib64/python3.11/site-packages`,
    `${venv}/bin`,
    `${tree}/lib64/python3.11`,
    `${venv}/lib64/python3.11`,
    venv,
  ];

  const made = [
    { root: 'bullseye', kind: 'links', option: '' },
    { root: 'busybox', kind: 'copies', option: '--copies' },
  ] as const;
  for (const { root, kind, option } of made) {
    test(`of ${kind} has pip, installs wheels and runs their scripts, in ${root}`, async () => {
      const script = `
venv='/tmp/a venv'
"$py" -m venv ${option} "$venv"
"$venv/bin/pip" install --quiet --no-index --disable-pip-version-check --find-links /wheels purely natively
"$venv/bin/purely-says" 'two words'
"$venv/bin/python3" -c "$1"
"$venv/bin/python" -c 'import sys; print(sys.executable)'
`;
      assert.deepEqual(await enter(root, script, describes + works), [
        'purely /tmp/a venv two words',
        ...described('/tmp/a venv'),
        '7.7.7.',
        '2 []',
        '/tmp/a venv/bin/python',
      ]);
    });
  }

  for (const root of ['bullseye', 'busybox'] as const) {
    for (const { name, make } of nested) {
      test(`${name}, belongs to the same Python, in ${root}`, async () => {
        const script = `venv='/tmp/inner one'; ${make}; "$venv/bin/python3" -c "$1"`;
        assert.deepEqual(await enter(root, script, describes), described('/tmp/inner one'));
      });
    }
  }
});
