import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree, printed } from '../../support/packed/packed.ts';
import { foreignRoots } from '../../support/rpm-host/targets.ts';

const tree = '/opt/my py';

/** Without a display only Tcl can run. The error message of Tk shows that it was loaded with its X libraries. */
const script = `
import os, subprocess, tkinter
tcl = tkinter.Tcl()
print(tcl.eval("info library"))
print(tcl.eval('clock format 0 -gmt 1 -format "%Y-%m-%d"'), tcl.eval("string length [encoding convertfrom cp1252 \\\\x80]"))
try:
    tkinter.Tk()
except tkinter.TclError as error:
    print(error)
print([name for name in os.environ if name.endswith("_LIBRARY")])
print([line for line in subprocess.run(["env"], stdout=subprocess.PIPE).stdout.decode().split() if "_LIBRARY" in line])
print([line for line in open("/proc/self/maps") if ".so" in line and "${tree}/" not in line])
`;

describe('tkinter', () => {
  let packed: PackedTree;
  let root: string;
  before(async () => {
    root = (await foreignRoots()).bullseye;
    packed = await packTree(['python3-tkinter']);
  });
  after(() => packed?.remove());

  const python = (env: Record<string, string>) => printed(root, packed, tree, script, env);

  test("finds Tcl's scripts by the host's path, and leaves nothing in the environment", async () => {
    assert.deepEqual(await python({}), [
      '/usr/share/tcl8.6',
      '1970-01-01 1',
      'no display name and no $DISPLAY environment variable',
      '[]',
      '[]',
      '[]',
    ]);
  });

  test('uses the scripts that the user names', async () => {
    const [library] = await python({ TCL_LIBRARY: `${tree}/lib64/../share/tcl8.6` });
    assert.equal(library, `${tree}/lib64/../share/tcl8.6`);
  });

  test("comes with Tk's scripts", () => {
    assert.ok(packed.entries.some(({ path }) => path.endsWith('/share/tk8.6/tk.tcl')));
  });
});
