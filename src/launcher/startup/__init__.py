"""Makes a Python that was moved behave as an installed one. Added by relopack.

encodings/__init__.py calls start() before any other code runs, whatever the options (-I, -S), and in virtual
environments too. start() restores the variables that the launcher changes for the start alone. Then it watches for the
few modules that name a place of the machine that Python was built on. Each has a module in `patches`, which is
imported only when that module is loaded.

The patches of `_locale` and `time` are here. Both are needed at each start, and a file of their own would be one more
import. This code is for Python 3.6 to 3.15, and is tested with 3.9, 3.11, 3.13, 3.14 and 3.15.
"""

import _thread
import posix
import sys

# The top directory of the tree: this file is TREE/lib/pythonX.Y/_relopack/__init__.py.
tree = __file__.rsplit('/', 4)[0]

# The directory in which systems have time zones.
zones = '/usr/share/zoneinfo'

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
    locales = path_in_tree('/usr/lib/locale')
    if is_main_interpreter():
        environ = posix.environ
        argv0 = remove_variable(environ, b'RELOPACK_ARGV0')
        if argv0 is not None:
            set_executable(argv0)
        if is_same_file(environ.get(b'LOCPATH'), locales):
            remove_variable(environ, b'LOCPATH')
        callers = remove_variable(environ, b'RELOPACK_LOCPATH')
        if callers is not None:
            environ[b'LOCPATH'] = callers
            posix.putenv(b'LOCPATH', callers)
        restore_from_launcher(environ)
        set_time_zone(environ)
    patch_locale(locales)
    patch_default_locale()
    patch_time()
    sys.meta_path.insert(0, Watcher())


def is_main_interpreter():
    """Whether this is the first interpreter of the process: the others find an environment that is clean already.

    Before 3.13 no public module makes other interpreters.
    """
    is_main = getattr(_thread, '_is_main_interpreter', None)
    return is_main is None or is_main()


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


def patch_locale(path):
    """Lets setlocale() find the tree's locales. glibc finds them only by LOCPATH, which it reads at each call.

    elf/isolate/libc.ts removes glibc's own place for them.
    """
    if ':' in path:
        return  # LOCPATH is a list with ':' between its items.
    import _locale

    original = _locale.setlocale

    def setlocale(*arguments):
        with c_environment(LOCPATH=path):
            return original(*arguments)

    _locale.setlocale = copy_names(setlocale, original)


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


def set_time_zone(environ):
    """Reads TZ from the tree's time zones if this machine has none. The C library finds them only by TZDIR."""
    zone = environ.get(b'TZ')
    if zone is None or b'TZDIR' in environ or exists(zones):
        return
    import time

    # glibc may have read TZ already, and reads it again only after it has changed (time/tzset.c).
    posix.putenv(b'TZ', b'UTC0')
    time.tzset()
    posix.putenv(b'TZ', zone)
    posix.putenv('TZDIR', path_in_tree(zones))
    time.tzset()
    posix.unsetenv('TZDIR')


def patch_time():
    """Lets tzset() find the tree's time zones if this machine has none."""
    import time

    original = time.tzset

    def tzset():
        import os

        if 'TZDIR' in os.environ or exists(zones):
            return original()
        with c_environment(TZDIR=path_in_tree(zones)):
            return original()

    time.tzset = copy_names(tzset, original)


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
