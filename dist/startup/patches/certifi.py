"""Lets certifi and requests find certificates.

A distribution's certifi and requests name the file of that distribution. A published certifi contains its own file.
"""

from _relopack import copy_names
from _relopack.certificates import exists_here, packed_file, system_file


def patch(certs):
    original = getattr(certs, 'where', None)
    if original is None or original.__module__ != certs.__name__:
        return

    def where():
        path = original()
        return path if exists_here(path) else system_file() or packed_file() or path

    certs.where = copy_names(where, original)
    if hasattr(certs, 'contents'):

        def contents():
            with open(where(), encoding='utf-8') as file:
                return file.read()

        certs.contents = copy_names(contents, certs.contents)
