"""Moves ensurepip's directory of pip's wheel into the tree.

Distributions wrote the directory into the module before sysconfig had a variable for it.
"""

from _relopack import exists, move_into_tree


def patch(ensurepip):
    for name in ('_WHEEL_PKG_DIR', '_WHEEL_DIR'):
        path = getattr(ensurepip, name, None)
        if path is None:
            continue
        # A string, or a path of pathlib since Python 3.13.
        moved = move_into_tree(str(path), '/usr')
        if exists(moved):
            setattr(ensurepip, name, type(path)(moved))
