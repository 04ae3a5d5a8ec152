import assert from 'node:assert/strict';
import { copyFileSync, existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { packTree } from '../../support/packed/packed.ts';
import { makeWheels } from '../../support/packed/wheels.ts';
import { blocks } from '../../support/readme.ts';
import { rpmHost } from '../../support/rpm-host/build.ts';
import { type ForeignRoots, foreignRoots, inRoot } from '../../support/rpm-host/targets.ts';
import { scratch } from '../../support/scratch.ts';

const heading = 'Ship an application with it';

/** The application. It uses a packed module and two from wheels, and prints the paths that modules come from. */
const application = `
import sys
import natively, purely, yaml
print(yaml.safe_load("[1, 2]"), natively.call(), *sys.argv[1:])
print([path for path in sys.path if not path.startswith(sys.prefix + "/")], sys.prefix)
`;

describe("the README's recipe for an application", () => {
  let roots: ForeignRoots;
  const work = scratch('shipping-');
  before(async () => {
    roots = await foreignRoots();
    const packed = await packTree(['pyyaml'], ['--no-verify', '--prefix', 'python3-of-the-test']);
    copyFileSync(packed.archive, join(work, 'python3-of-the-test.tar.gz'));
    packed.remove();
    const wheels = await makeWheels(join((await rpmHost()).root, 'usr/include/python3.11'));
    mkdirSync(join(work, 'wheels'));
    for (const wheel of globSync(join(wheels, '*.whl')))
      copyFileSync(wheel, join(work, 'wheels', basename(wheel)));
    mkdirSync(join(work, 'app'));
    writeFileSync(join(work, 'app/__main__.py'), application);
    const [recipe, ...others] = blocks('sh').filter((block) => block.heading === heading);
    assert.ok(recipe !== undefined && others.length === 0);
    await inside('bullseye', recipe.source, '/build');
    assert.ok(existsSync(join(work, 'product.tar.gz')));
  });

  /** Runs commands in a root that has `work` at `place`; the lines that they print. */
  async function inside(root: keyof ForeignRoots, script: string, place: string): Promise<string[]> {
    const { code, stdout, stderr } = await inRoot(roots[root], ['/bin/sh', '-e', '-c', script], {
      cwd: place,
      binds: { [work]: place },
      env: { PATH: '/usr/bin:/bin', HOME: '/root' },
    });
    assert.equal(code, 0, stderr);
    return stdout.toString().split('\n').slice(0, -1);
  }

  for (const root of ['bullseye', 'busybox'] as const) {
    test(`starts it in a new place, in ${root}`, async () => {
      const script = `
mkdir '/tmp/another place'
tar -xzf product.tar.gz -C '/tmp/another place'
'/tmp/another place/product/run' 'two words'
`;
      assert.deepEqual(await inside(root, script, '/downloads'), [
        '[1, 2] 7.7.7. two words',
        '[] /tmp/another place/product/python3',
      ]);
    });

    test(`starts it through a link, and uses no module of the caller, in ${root}`, async () => {
      const script = `
tar -xzf product.tar.gz -C /tmp
ln -s /tmp/product/run /tmp/link
mkdir /tmp/caller
echo 'raise SystemExit("the wrong one")' >/tmp/caller/yaml.py
cd /tmp/caller
PYTHONPATH=/tmp/caller ../link
`;
      assert.deepEqual(await inside(root, script, '/downloads'), [
        '[1, 2] 7.7.7.',
        '[] /tmp/product/python3',
      ]);
    });
  }

  const moved = [
    {
      name: 'an environment',
      make: '"$py" -m venv "$there/venv"',
      breaks: '"$there/venv/bin/python3" -c ""',
    },
    {
      name: 'pip3 of ensurepip, but not pip',
      make: '"$py" -m ensurepip >/dev/null 2>&1',
      breaks: '"$here/bin/pip3" --version',
      goesOn: '"$here/bin/python3" -m pip --version',
    },
    {
      name: 'a script that pip installs, but not its module',
      make: `"$py" -m ensurepip >/dev/null 2>&1
"$py" -m pip install --quiet --no-index --root-user-action ignore wheels/purely-1-py3-none-any.whl`,
      breaks: '"$here/bin/purely-says"',
      goesOn: '"$here/bin/python3" -c "import purely"',
    },
  ];
  for (const { name, make, breaks, goesOn = 'true' } of moved) {
    test(`a move breaks ${name}, as the README says`, async () => {
      const script = `
there=/tmp/there here=/tmp/there/python3 py=/tmp/there/python3/bin/python3
mkdir "$there"
tar -xzf python3-*.tar.gz -C "$there"
mv "$there"/python3-* "$here"
${make}
${breaks} >/dev/null
${goesOn} >/dev/null
here=/tmp/moved
mv "$there/python3" "$here"
${goesOn} >/dev/null
if ${breaks} 2>/dev/null; then echo 'it goes on'; fi
`;
      assert.deepEqual(await inside('bullseye', script, '/downloads'), []);
    });
  }
});
