"""Makes a Python that was moved behave as an installed one. Added by relopack.

encodings/__init__.py calls start() before any other code runs, whatever the options (-I, -S), and in virtual
environments too. start() restores the variables that the launcher changes for the start alone. Then it watches for the
few modules that name a place of the machine that Python was built on. Each has a module in `patches`, which is
imported only when that module is loaded.

The patch of `_locale` is here. It is needed at each start, and a file of its own would be one more import. This code is
for Python 3.6 to 3.15, and is tested with 3.9, 3.11, 3.13, 3.14 and 3.15.
"""

import _thread
import posix
import sys

# The top directory of the tree: this file is TREE/lib/pythonX.Y/_relopack/__init__.py.
tree = __file__.rsplit('/', 4)[0]

# The patch of each module that is watched for: the name of a module in `patches`.
watched = {
    'certifi.core': 'certifi',
    'ctypes.util': 'ctypes_util',
    'ensurepip': 'ensurepip',
    'pip._internal.commands.install': 'pip_install',
    'pip._vendor.certifi.core': 'certifi',
    'requests.certs': 'certifi',
    'ssl': 'ssl',
}


def start():
    """Prepares this interpreter: the environment, sys, and the modules that are patched."""
    if is_main_interpreter():
        environ = posix.environ
        argv0 = remove_variable(environ, b'RELOPACK_ARGV0')
        if argv0 is not None:
            set_executable(argv0)
        restore_from_launcher(environ)
    set_base_executable()
    if is_loader_executed():
        from _relopack import executed

        executed.prepare()
    patch_default_locale()
    sys.meta_path.insert(0, Watcher())


def is_main_interpreter():
    """Whether this is the first interpreter of the process: the others find an environment that is clean already.

    Before 3.13 no public module makes other interpreters.
    """
    is_main = getattr(_thread, '_is_main_interpreter', None)
    return is_main is None or is_main()


def is_loader_executed():
    """Whether ld.so was executed as a program. If not, this process is the static launcher, which became Python.

    Then libc knows where the tree's data is (elf/isolate/getenv.ts). Without /proc, the launcher's LOCPATH tells.
    """
    if exists('/proc/self/exe'):
        return is_same_file('/proc/self/exe', tree + '/libexec/ld.so')
    return is_same_file(posix.environ.get(b'LOCPATH'), path_in_tree('/usr/lib/locale'))


def remove_variable(environ, name):
    """Removes a variable from the process, and from what os.environ will be. Returns its value, or None."""
    value = environ.pop(name, None)
    if value is not None:
        posix.unsetenv(name)
    return value


def restore_from_launcher(environ):
    """Gives the caller's own argv[0] and variables back, which would mislead Python when it looks for its modules."""
    called = remove_variable(environ, b'RELOPACK_CALLED')
    if called is not None and hasattr(sys, 'orig_argv'):
        sys.orig_argv[0] = called.decode(sys.getfilesystemencoding(), 'surrogateescape')
    for name in (b'PYTHONHOME', b'PYTHONPLATLIBDIR'):
        callers = remove_variable(environ, b'RELOPACK_' + name)
        if callers is not None:
            environ[name] = callers
            posix.putenv(name, callers)


def set_executable(argv0):
    """Sets sys.executable as Python itself does from argv[0]. For ld.so without --argv0 (glibc before 2.33)."""
    if not argv0.startswith(b'/'):
        argv0 = posix.getcwdb() + b'/' + argv0
    # Before 3.8 the encoding is not known yet.
    encoding = 'utf-8' if sys.version_info < (3, 8) else sys.getfilesystemencoding()
    sys.executable = base = argv0.decode(encoding, 'surrogateescape')
    if sys.version_info >= (3, 11):
        directory = sys.executable.rpartition('/')[0]
        if exists(directory + '/pyvenv.cfg') or exists(directory.rpartition('/')[0] + '/pyvenv.cfg'):
            base = tree + '/bin/python3'
    sys._base_executable = base
    if hasattr(sys, 'orig_argv'):
        sys.orig_argv[0] = sys.executable


def set_base_executable():
    """Lets venv make environments of the tree if Python was started by a link: there is no tree around the link.

    venv writes the directory of sys._base_executable as the home of an environment. Python 3.6 has only sys.executable.
    """
    directory = sys.executable.rpartition('/')[0]
    if directory == tree + '/bin' or getattr(sys, '_base_executable', sys.executable) != sys.executable:
        return
    if exists(directory + '/pyvenv.cfg') or exists(directory.rpartition('/')[0] + '/pyvenv.cfg'):
        return
    name = '_base_executable' if hasattr(sys, '_base_executable') else 'executable'
    setattr(sys, name, tree + '/bin/python3')


def patch_default_locale():
    """Lets setlocale(CATEGORY, '') select C.UTF-8 if the variables name a locale that is not packed."""
    import _locale

    original = _locale.setlocale

    def setlocale(*arguments):
        try:
            return original(*arguments)
        except _locale.Error:
            if arguments[1:] != ('',):
                raise
        from _relopack.default_locale import set_default_locale

        return set_default_locale(original, arguments[0])

    _locale.setlocale = copy_names(setlocale, original)


class Watcher:
    """A finder that finds what the finders after it find. It gives each watched module a loader that patches it."""

    def find_spec(self, name, path=None, target=None):
        patch = watched.get(name)
        if patch is None and name.startswith('_sysconfigdata_'):
            patch = 'sysconfig'
        if patch is None and name != 'site':
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, 'find_spec'):
                continue
            # The site module that is frozen into Python since 3.11 would use ~/.local. The tree's file does not.
            if name == 'site' and getattr(finder, '__name__', '') == 'FrozenImporter':
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                if patch is not None and hasattr(spec.loader, 'exec_module'):
                    from _relopack.patches import Loader, find_patch

                    spec.loader = Loader(spec.loader, find_patch(patch))
                return spec
        return None


class c_environment:
    """Sets variables for C code during a call. Neither os.environ nor a child process ever has them."""

    def __init__(self, **variables):
        self.variables = variables

    def __enter__(self):
        for name, value in self.variables.items():
            posix.putenv(name, value)

    def __exit__(self, *_):
        import os

        for name in self.variables:
            own = os.environ.get(name)
            if own is None:
                posix.unsetenv(name)
            else:
                posix.putenv(name, own)


def copy_names(wrapper, function):
    """Gives a wrapper the names and the docstring of the function that it calls. Returns the wrapper."""
    for name in ('__name__', '__qualname__', '__doc__', '__module__'):
        setattr(wrapper, name, getattr(function, name, None))
    return wrapper


def path_in_tree(path):
    """The path in the tree of a file or directory that was below /usr on the host. See plan/archive-path.ts."""
    below = tree + path[len('/usr') :]
    return below if exists(below) else tree + '/host' + path


def move_into_tree(path, prefix):
    """The path in the tree of a path in the prefix that Python was built for. Any other path stays the same."""
    return tree + path[len(prefix) :] if path == prefix or path.startswith(prefix + '/') else path


def is_same_file(path, other):
    """Whether both paths lead to the same file or directory. `path` may be None."""
    if path is None:
        return False
    try:
        found, wanted = posix.stat(path), posix.stat(other)
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino)


def exists(path):
    try:
        posix.stat(path)
    except OSError:
        return False
    return True
