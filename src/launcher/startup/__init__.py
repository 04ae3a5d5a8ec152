"""Makes a Python that was moved behave as an installed one. Added by relopack.

encodings/__init__.py calls start() before any other code runs: whatever the options (-I, -S), and in virtual
environments too. It takes out of the environment what the launcher put in for the start alone, and watches for the few
modules that name a place of the machine that the Python was built on. `places` sets those right, and is imported no
earlier than one of them. Written for Python 3.6 to 3.15, and tested with 3.9, 3.11, 3.13, 3.14 and 3.15.
"""

import _thread
import posix
import sys

tree = __file__.rsplit('/', 4)[0]

# Where systems keep time zones.
zones = '/usr/share/zoneinfo'

# What is changed once it is loaded, and the function in `places` that does it.
watched = {
    '_curses': 'terminals',
    '_pyrepl.terminfo': 'descriptions',
    '_tkinter': 'scripts',
    'certifi.core': 'bundle',
    'ctypes.util': 'libraries',
    'ensurepip': 'wheels',
    'numpy._core._multiarray_umath': 'algebra',
    'numpy.core._multiarray_umath': 'algebra',
    'numpy.linalg._umath_linalg': 'algebra',
    'numpy.linalg.lapack_lite': 'algebra',
    'pip._vendor.certifi.core': 'bundle',
    'readline': 'line_editor',
    'requests.certs': 'bundle',
    'ssl': 'trust',
}


def start():
    locales = carried('/usr/lib/locale')
    forget_option()
    if is_main_interpreter():
        environ = posix.environ
        called = take(environ, b'RELOPACK_ARGV0')
        if called is not None:
            set_executable(called)
        if is_same(environ.get(b'LOCPATH'), locales):
            take(environ, b'LOCPATH')
        own = take(environ, b'RELOPACK_LOCPATH')
        if own is not None:
            environ[b'LOCPATH'] = own
            posix.putenv(b'LOCPATH', own)
        set_time_zone(environ)
    watch_locale(locales)
    watch_time()
    sys.meta_path.insert(0, Watcher())


def forget_option():
    """The launcher's -s is none of the caller's options."""
    argv = getattr(sys, 'orig_argv', [])
    if argv[1:2] == ['-s']:
        del argv[1]


def is_main_interpreter():
    """Others of the process find its environment as this one left it. Before 3.13 no public module makes any."""
    is_main = getattr(_thread, '_is_main_interpreter', None)
    return is_main is None or is_main()


def take(environ, name):
    """Removes a variable from the process, and from what os.environ is going to be; its value."""
    value = environ.pop(name, None)
    if value is not None:
        posix.unsetenv(name)
    return value


def set_executable(called):
    """What Python makes of argv[0] by itself, where ld.so has no --argv0 to hand it on (glibc before 2.33)."""
    if not called.startswith(b'/'):
        called = posix.getcwdb() + b'/' + called
    # Before 3.8 the encoding is not known yet.
    encoding = 'utf-8' if sys.version_info < (3, 8) else sys.getfilesystemencoding()
    sys.executable = base = called.decode(encoding, 'surrogateescape')
    if sys.version_info >= (3, 11):
        above = sys.executable.rpartition('/')[0]
        if exists(above + '/pyvenv.cfg') or exists(above.rpartition('/')[0] + '/pyvenv.cfg'):
            base = tree + '/bin/python3'
    sys._base_executable = base
    if hasattr(sys, 'orig_argv'):
        sys.orig_argv[0] = sys.executable


def watch_locale(path):
    """glibc reads LOCPATH whenever it is asked for a locale, and has no other place for them: see elf/libc.ts."""
    if ':' in path:
        return  # It would be taken for two places.
    import _locale

    setlocale = _locale.setlocale

    def call(*arguments):
        with environment(LOCPATH=path):
            return setlocale(*arguments)

    _locale.setlocale = like(call, setlocale)


def set_time_zone(environ):
    """The C library knows one place for time zones, unless TZDIR names another."""
    zone = environ.get(b'TZ')
    if zone is None or b'TZDIR' in environ or exists(zones):
        return
    import time

    # glibc may have read it by now, and reads it again no sooner than it changes (time/tzset.c).
    posix.putenv(b'TZ', b'UTC0')
    time.tzset()
    posix.putenv(b'TZ', zone)
    posix.putenv('TZDIR', carried(zones))
    time.tzset()
    posix.unsetenv('TZDIR')


def watch_time():
    import time

    tzset = time.tzset

    def call():
        import os

        if 'TZDIR' in os.environ or exists(zones):
            return tzset()
        with environment(TZDIR=carried(zones)):
            return tzset()

    time.tzset = like(call, tzset)


class Watcher:
    """Finds what the finders after it find; what names a place of the host is set right when it has been loaded."""

    def find_spec(self, name, path=None, target=None):
        change = watched.get(name)
        if change is None and name.startswith('_sysconfigdata_'):
            change = 'variables'
        if change is None:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, 'find_spec'):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                if hasattr(spec.loader, 'exec_module'):
                    from _relopack import places

                    spec.loader = places.Loader(spec.loader, getattr(places, change))
                return spec
        return None


class environment:
    """Sets variables for C code alone, for the time of a call: neither os.environ nor a child ever has them."""

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


def like(wrapper, function):
    for name in ('__name__', '__qualname__', '__doc__', '__module__'):
        setattr(wrapper, name, getattr(function, name, None))
    return wrapper


def carried(path):
    """Where a file of the machine that was packed stands in the tree: see plan/paths.ts."""
    below = tree + path[len('/usr') :]
    return below if exists(below) else tree + '/host' + path


def is_same(path, other):
    """Whether both lead to the same file or directory."""
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
