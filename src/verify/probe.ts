/**
 * What the packed Python runs to show that it works. It is given the modules to import, one an argument, and prints
 * the name of each before it imports it, a dash after the last, and then one JSON object, each on a line of its own;
 * what modules print goes to stderr. The current directory, which `-c` puts first on sys.path, holds nothing of Python's.
 *
 * Maps are read last, when all that was asked for is loaded. A file that is there no more is memory with a name: a
 * memfd, or a file that was removed at once, which is how libffi comes by executable memory where SELinux forbids it.
 */
export const probe = `
import sys
del sys.path[0]
import importlib, json, os, subprocess

stdout = os.dup(1)
os.dup2(2, 1)

def attempt(action):
    try:
        return action()
    except BaseException as error:
        return "%s: %s" % (type(error).__name__, error)

def child(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    return done.stdout.strip() if done.returncode == 0 else "exit code %d: %s" % (done.returncode, done.stderr.strip())

failures = {}
for name in sys.argv[1:]:
    os.write(stdout, os.fsencode(name + "\\n"))
    failed = attempt(lambda: importlib.import_module(name) and None)
    if failed is not None:
        failures[name] = failed
os.write(stdout, b"-\\n")

result = {
    "version": "%d.%d.%d" % sys.version_info[:3],
    "prefix": sys.prefix,
    "executable": sys.executable,
    "path": sys.path,
    "failures": failures,
    "system": attempt(lambda: child(["/bin/ls", "-d", "/"])),
    "itself": attempt(lambda: child([sys.executable, "-c", "import sys; print(sys.prefix)"])),
}
with open("/proc/self/maps") as maps:
    fields = [line.rstrip("\\n").split(None, 5) for line in maps]
named = [f for f in fields if len(f) == 6 and f[5].startswith("/") and not f[5].endswith(" (deleted)")]
result["mapped"] = sorted({f[5] for f in named if "x" in f[1] or ".so" in f[5]})
os.write(stdout, json.dumps(result).encode())
`;

/** What the probe prints in the end. */
export interface Probed {
  version: string;
  prefix: string;
  executable: string;
  path: string[];
  /** Why a module could not be imported, by its name. */
  failures: Record<string, string>;
  /** What `/bin/ls -d /` printed. */
  system: string;
  /** sys.prefix of a child started through sys.executable. */
  itself: string;
  /** Paths of the libraries and programs that are mapped into the process. */
  mapped: string[];
}
