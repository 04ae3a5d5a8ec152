/**
 * Prints the paths that a Python knows itself by, then variables of the launcher that are left in it and in a child.
 */
export const introduces = `
import os, subprocess, sys
print(sys.executable, sys._base_executable, sys.prefix, sys.base_prefix, sep="\\n")
print([name for name in os.environ if "RELOPACK" in name or name == "LOCPATH"])
print(subprocess.run(["env"], capture_output=True, text=True).stdout.count("RELOPACK"))
`;

/** A way to start a packed Python. */
export interface Start {
  name: string;
  /** Commands for sh to run before it. */
  prepare?: string;
  argv: string;
  cwd?: string;
  /** The expected sys.executable. */
  executable: string;
  /** The expected sys._base_executable outside of a virtual environment; `executable` if absent. */
  base?: string;
  /** The expected sys.prefix; the tree if absent. */
  prefix?: string;
}

/** The ways to start a Python of version X.Y that was unpacked at `tree`. */
export function starts(tree: string, version: string): Start[] {
  return [
    { name: 'by its path', argv: `${tree}/bin/python3`, executable: `${tree}/bin/python3` },
    {
      name: 'under its full name',
      argv: `${tree}/bin/python${version}`,
      executable: `${tree}/bin/python${version}`,
    },
    { name: 'by a relative path', argv: 'bin/python3', cwd: tree, executable: `${tree}/bin/python3` },
    {
      name: 'through a link',
      prepare: `ln -s '${tree}/bin/python3' /tmp/py`,
      argv: '/tmp/py',
      executable: '/tmp/py',
      base: `${tree}/bin/python3`,
    },
    {
      name: 'through a venv made of links',
      prepare: `'${tree}/bin/python3' -m venv --without-pip '/tmp/a venv'`,
      argv: '/tmp/a venv/bin/python3',
      executable: '/tmp/a venv/bin/python3',
      prefix: '/tmp/a venv',
    },
    {
      name: 'through a venv made of copies',
      prepare: `'${tree}/bin/python3' -m venv --without-pip --copies '/tmp/a venv'`,
      argv: '/tmp/a venv/bin/python3',
      executable: '/tmp/a venv/bin/python3',
      prefix: '/tmp/a venv',
    },
    {
      name: 'through a venv made by a venv of copies',
      prepare: `'${tree}/bin/python3' -m venv --without-pip --copies /tmp/one && /tmp/one/bin/python3 -m venv --without-pip --copies /tmp/two`,
      argv: '/tmp/two/bin/python3',
      executable: '/tmp/two/bin/python3',
      prefix: '/tmp/two',
    },
  ];
}

/** The command that starts a Python in this way, with a script. */
export function startCommand({ prepare = 'true', cwd = '/', argv }: Start, script: string): string[] {
  return ['/bin/sh', '-c', `${prepare}; cd "$1" && exec "$2" -c "$3"`, 'sh', cwd, argv, script];
}
