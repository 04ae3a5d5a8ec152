import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree, printed } from '../../support/packed/packed.ts';
import { foreignRoots, inRoot } from '../../support/rpm-host/targets.ts';
import { scratch } from '../../support/scratch.ts';

const tree = '/opt/py';

/** Calculates, then prints the loaded back ends and the variables in the environment, its own and a child's. */
const script = `
import numpy, os, subprocess, sys
assert round(numpy.linalg.det(numpy.array([[2.0, 1.0], [1.0, 3.0]])), 9) == 5
print(sorted({line.split()[-1] for line in open("/proc/self/maps") if "/libflexiblas_" in line}))
print([name for name in os.environ if "FLEXIBLAS" in name])
print([line for line in subprocess.run(["env"], stdout=subprocess.PIPE).stdout.decode().split() if "FLEXIBLAS" in line])
`;

describe('numpy with FlexiBLAS', () => {
  let packed: PackedTree;
  let root: string;
  before(async () => {
    root = (await foreignRoots()).bullseye;
    packed = await packTree(['numpy']);
  });
  after(() => packed?.remove());

  const python = (env: Record<string, string>) => printed(root, packed, tree, script, env);

  const netlib = `${tree}/lib64/flexiblas/libflexiblas_netlib.so`;

  test('finds the back ends in the tree, and leaves nothing in the environment', async () => {
    assert.deepEqual(await python({}), [`['${netlib}']`, '[]', '[]']);
  });

  test("reads the host's configuration and back ends, and none of the machine", async () => {
    const directory = scratch('flexiblas-');
    const fileNamed = (name: string, text: string) => {
      writeFileSync(join(directory, name), text);
      return join(directory, name);
    };
    const reads = `${script}
print(open("/etc/flexiblasrc").read().strip(), *sorted(os.listdir("/etc/flexiblasrc.d")))`;
    const { code, stdout, stderr } = await inRoot(root, [`${tree}/bin/python3`, '-c', reads], {
      env: { PATH: '/usr/bin:/bin' },
      readOnly: { [packed.tree]: tree },
      binds: {
        [fileNamed('flexiblasrc', "default = the machine's\n")]: '/etc/flexiblasrc',
        [fileNamed('machine.conf', '[MACHINE]\n')]: '/etc/flexiblasrc.d/machine.conf',
        [fileNamed('netlib.so', 'not a library')]: '/usr/lib64/flexiblas/libflexiblas_netlib.so',
      },
    });
    assert.equal(code, 0, stderr);
    const [loaded, , , configuration] = stdout.toString().split('\n');
    assert.equal(loaded, `['${netlib}']`);
    assert.equal(configuration, 'default = Reference netlib.conf reference.conf');
  });

  test('uses the back end that the user names, and keeps the variable', async () => {
    assert.deepEqual(await python({ FLEXIBLAS: 'libflexiblas_netlib.so' }), [
      `['${netlib}']`,
      "['FLEXIBLAS']",
      "['FLEXIBLAS=libflexiblas_netlib.so']",
    ]);
  });

  test('uses the configuration that the user names', async () => {
    const [loaded, variables] = await python({ FLEXIBLAS_CONFIG: '/my/flexiblasrc' });
    assert.equal(loaded, `['${netlib}']`);
    assert.equal(variables, "['FLEXIBLAS_CONFIG']");
  });

  test("looks for back ends first in the user's directory, then in the tree", async () => {
    const found = await python({ FLEXIBLAS_LIBRARY_PATH: `${tree}/lib64/../lib64/flexiblas` });
    assert.match(found[0] ?? '', /^\['\/opt\/py\/lib64\/flexiblas\/libflexiblas_netlib\.so'/);
    assert.deepEqual(found.slice(1), [
      "['FLEXIBLAS_LIBRARY_PATH']",
      `['FLEXIBLAS_LIBRARY_PATH=${tree}/lib64/../lib64/flexiblas']`,
    ]);
  });
});
