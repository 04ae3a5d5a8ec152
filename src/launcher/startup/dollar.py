"""Loads extension modules of a tree whose path has a `$`.

dlopen() replaces $ORIGIN, $LIB and $PLATFORM in each path that it gets (glibc elf/dl-load.c, _dl_map_object), also in
an absolute one. It does so once, so what it puts in for $ORIGIN may contain a `$`.
"""

import _imp

from _relopack import copy_names, tree


def load_by_origin():
    """Lets Python give dlopen() the way from its own directory, in place of the path of an extension module.

    That directory is `bin`, `libexec`, or that of libpython: each is one step below the top.
    """
    original = _imp.create_dynamic

    def create_dynamic(spec, *arguments):
        path = spec.origin
        way = way_from_origin(path, '../')
        if way == path:
            return original(spec, *arguments)
        spec.origin = way
        try:
            module = original(spec, *arguments)
        finally:
            spec.origin = path
        if getattr(module, '__file__', path) == way:
            module.__file__ = path
        if spec.name == '_ctypes':
            patch_dlopen(module, path)
        return module

    _imp.create_dynamic = copy_names(create_dynamic, original)


def patch_dlopen(_ctypes, path):
    """Lets ctypes load a library of the tree. There, _ctypes itself calls dlopen()."""
    original = _ctypes.dlopen
    up = '../' * path[len(tree) + 1 :].count('/')

    def dlopen(name, *arguments):
        return original(way_from_origin(name, up) if isinstance(name, str) else name, *arguments)

    _ctypes.dlopen = copy_names(dlopen, original)


def way_from_origin(path, up):
    """The path of a file in the tree, from $ORIGIN. `up` leads from there to the top. Others stay the same."""
    below = path[len(tree) + 1 :] if path.startswith(tree + '/') else None
    return path if below is None or '$' in below else '$ORIGIN/' + up + below
