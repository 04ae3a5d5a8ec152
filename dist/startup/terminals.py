"""Descriptions of terminals: those that were packed, after those of the system."""

import os

from _relopack import c_environment, path_in_tree

system_directories = ('/lib/terminfo', '/usr/lib/terminfo')


def packed_directory():
    return path_in_tree('/usr/share/terminfo')


def terminfo_environment():
    """A context manager that lets ncurses find the descriptions. An empty item means ncurses' built-in places."""
    own = os.environ.get('TERMINFO_DIRS', '')
    return c_environment(TERMINFO_DIRS=':'.join([own, *system_directories, packed_directory()]))
