"""Locales and time zones of the tree, for a Python whose ld.so was executed as a program.

libc finds them by variables. The static launcher gives libc a list that no other process sees. But a launcher in sh
cannot, and the static one cannot if the process has privileges that its caller lacks (AT_SECURE), or if the
interpreter's addresses are in use. Then the variables are in the environment during a call. A process that another
thread starts at that moment inherits them.
"""

import _locale
import posix
import time

from _relopack import (
    c_environment,
    copy_names,
    exists,
    is_main_interpreter,
    is_same_file,
    path_in_tree,
    remove_variable,
)

# The directory in which systems have time zones.
zones = '/usr/share/zoneinfo'


def prepare():
    """Restores the caller's LOCPATH, and lets setlocale() and tzset() find the tree's data."""
    locales = path_in_tree('/usr/lib/locale')
    if is_main_interpreter():
        environ = posix.environ
        restore_locpath(environ, locales)
        set_time_zone(environ)
    patch_locale(locales)
    patch_time()


def restore_locpath(environ, locales):
    """Gives LOCPATH the caller's value again. The launchers set it for the start."""
    if is_same_file(environ.get(b'LOCPATH'), locales):
        remove_variable(environ, b'LOCPATH')
    callers = remove_variable(environ, b'RELOPACK_LOCPATH')
    if callers is not None:
        environ[b'LOCPATH'] = callers
        posix.putenv(b'LOCPATH', callers)


def patch_locale(path):
    """Lets setlocale() find the tree's locales. glibc finds them only by LOCPATH, which it reads at each call.

    elf/isolate/libc.ts removes glibc's own place for them.
    """
    if ':' in path:
        return  # LOCPATH is a list with ':' between its items.
    original = _locale.setlocale

    def setlocale(*arguments):
        with c_environment(LOCPATH=path):
            return original(*arguments)

    _locale.setlocale = copy_names(setlocale, original)


def set_time_zone(environ):
    """Reads TZ from the tree's time zones if this machine has none. The C library finds them only by TZDIR."""
    zone = environ.get(b'TZ')
    if zone is None or b'TZDIR' in environ or exists(zones):
        return
    # glibc may have read TZ already, and reads it again only after it has changed (time/tzset.c).
    posix.putenv(b'TZ', b'UTC0')
    time.tzset()
    posix.putenv(b'TZ', zone)
    posix.putenv('TZDIR', path_in_tree(zones))
    time.tzset()
    posix.unsetenv('TZDIR')


def patch_time():
    """Lets tzset() find the tree's time zones if this machine has none."""
    original = time.tzset

    def tzset():
        import os

        if 'TZDIR' in os.environ or exists(zones):
            return original()
        with c_environment(TZDIR=path_in_tree(zones)):
            return original()

    time.tzset = copy_names(tzset, original)
