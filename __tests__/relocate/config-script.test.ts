import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { relocateConfigScript } from '../../src/relocate/config-script.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

/** As Fedora's python3.spec writes it. */
const wrapper = `#!/bin/sh
exec /usr/bin/python3.11-\`uname -m\`-config "$@"
[ $? -eq 127 ] && echo "Could not find python3.11-\`uname -m\`-config. Look around to see available arches." >&2
`;

/** The part of CPython's Misc/python-config.sh.in that moves paths. */
const script = `#!/bin/sh
prefix_real=$(dirname $(cd $(dirname "$0") && pwd -P))
prefix="/usr"
includedir=$(echo "\${prefix}/include" | sed "s#$prefix#$prefix_real#")
CFLAGS=$(echo "-O2 -specs=/usr/lib/rpm/redhat/redhat-hardened-cc1" | sed "s#$prefix#$prefix_real#")
echo "$@" -I$includedir/python3.11 $CFLAGS
`;

describe('python3-config in another place', () => {
  let directory: string;
  let machine: string;
  before(async () => {
    directory = scratch('config-');
    machine = (await must('uname', ['-m'])).stdout.toString().trim();
    const bin = join(directory, 'tree/bin');
    mkdirSync(bin, { recursive: true });
    const write = (name: string, text: string) =>
      writeFileSync(join(bin, name), relocateConfigScript(Buffer.from(text)), { mode: 0o755 });
    write('python3.11-config', wrapper);
    write(`python3.11-${machine}-config`, script);
    symlinkSync('python3.11-config', join(bin, 'python3-config'));
    symlinkSync(join(bin, 'python3-config'), join(directory, 'config'));
  });

  for (const path of ['tree/bin/python3.11-config', 'tree/bin/python3-config', 'config']) {
    test(`moves the paths of Python, but no path of the compiler, as ${path}`, async () => {
      const { stdout } = await must(join(directory, path), ['a b']);
      const expected = `a b -I${directory}/tree/include/python3.11 -O2 -specs=/usr/lib/rpm/redhat/redhat-hardened-cc1`;
      assert.equal(stdout.toString().trim(), expected);
    });
  }

  test('is unchanged if it names no path of the host', () => {
    const text = '#!/bin/sh\nexec python3.11-x86_64-config "$@"\n';
    assert.equal(relocateConfigScript(Buffer.from(text)).toString(), text);
  });
});
