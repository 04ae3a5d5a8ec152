/**
 * The Python code that shows whether the packed Python works. Its arguments are the modules to import.
 *
 * It prints the name of each module before importing it, and a dash after the last one. Then it prints one JSON object.
 * Each of them is a line. The output of the modules goes to stderr. `-c` puts the current directory first on sys.path,
 * so it is removed.
 *
 * /proc/self/maps is read last, when everything is loaded, and after each import, to tell what was loaded before what. A
 * deleted file in it is memory with a name: a memfd, or a
 * file that was removed at once. libffi gets executable memory that way if SELinux forbids it otherwise.
 */
export const probe = `
import sys
del sys.path[0]
import importlib, json, os, subprocess

stdout = os.dup(1)
os.dup2(2, 1)

def result_or_error(action):
    try:
        return action()
    except BaseException as error:
        return "%s: %s" % (type(error).__name__, error)

def child(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    return done.stdout.strip() if done.returncode == 0 else "exit code %d: %s" % (done.returncode, done.stderr.strip())

def mapped():
    with open("/proc/self/maps") as maps:
        fields = [line.rstrip("\\n").split(None, 5) for line in maps]
    named = [f for f in fields if len(f) == 6 and f[5].startswith("/") and not f[5].endswith(" (deleted)")]
    return {f[5] for f in named if "x" in f[1] or ".so" in f[5]}

failures = {}
steps = [mapped()]
for name in sys.argv[1:]:
    os.write(stdout, os.fsencode(name + "\\n"))
    failed = result_or_error(lambda: importlib.import_module(name) and None)
    if failed is not None:
        failures[name] = failed
    steps.append(mapped())
os.write(stdout, b"-\\n")

result = {
    "prefix": sys.prefix,
    "executable": sys.executable,
    "path": sys.path,
    "failures": failures,
    "system": result_or_error(lambda: child(["/bin/ls", "-d", "/"])),
    "itself": result_or_error(lambda: child([sys.executable, "-c", "import sys; print(sys.prefix)"])),
}
last = mapped()
result["mapped"] = [sorted((now - before) & last) for before, now in zip([set()] + steps, steps + [last])]
os.write(stdout, json.dumps(result).encode())
`;

/** The JSON object that the probe prints at the end. */
export interface Probed {
  prefix: string;
  executable: string;
  path: string[];
  /** The error of each module that cannot be imported, by its name. */
  failures: Record<string, string>;
  /** The output of `/bin/ls -d /`, or how it failed. */
  system: string;
  /** The sys.prefix of a child process started by sys.executable, or how it failed. */
  itself: string;
  /**
   * Paths of the libraries and programs that are loaded into the process: those of the start, those that the import of
   * each module added, and those that came last.
   */
  mapped: string[][];
}
