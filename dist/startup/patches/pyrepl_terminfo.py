"""Lets the REPL find descriptions of terminals. Since Python 3.14 it reads them itself, from places in its code."""

from _relopack import copy_names
from _relopack.terminals import packed_directory


def patch(terminfo):
    original = getattr(terminfo, '_get_terminfo_dirs', None)
    if original is None:
        return

    def get_terminfo_dirs():
        return [*original(), terminfo.Path(packed_directory())]

    terminfo._get_terminfo_dirs = copy_names(get_terminfo_dirs, original)
