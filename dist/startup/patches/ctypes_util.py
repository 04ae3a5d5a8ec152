"""Lets ctypes.util find the tree's libraries, and no others.

No library of the system can be loaded by its name alone, so a name that ldconfig knows would be a wrong answer.
"""

import os

from _relopack import copy_names, exists, tree


def patch(util):
    def find_library(name):
        found = []
        for directory in ('/lib64', '/lib'):
            if not exists(tree + directory):
                continue
            for entry in os.listdir(tree + directory):
                stem, _, version = entry.partition('.so')
                if stem == 'lib' + name and not version.strip('.0123456789'):
                    numbers = [int(number) for number in version.split('.') if number]
                    found.append((-len(numbers), numbers, entry))
        # The soname is the shortest name of a library: libz.so.1 is a link to libz.so.1.2.13.
        return max(found)[2] if found else None

    util.find_library = copy_names(find_library, util.find_library)
