"""Lets FlexiBLAS find its back ends, of which it chooses one while a module that uses it is loaded.

Some builds of numpy calculate by FlexiBLAS, which may look only in the places that it was built for.
"""

import os

from _relopack import c_environment, exists, tree


def while_loading():
    directories = [path for path in (tree + '/lib64/flexiblas', tree + '/lib/flexiblas') if exists(path)]
    if not directories:
        return c_environment()
    own = os.environ.get('FLEXIBLAS_LIBRARY_PATH')
    variables = {'FLEXIBLAS_LIBRARY_PATH': ':'.join(([own] if own else []) + directories)}
    # The configuration that was packed decides: the machine's may name back ends that are not here.
    default, libraries = read_configuration()
    named = os.environ.get('FLEXIBLAS')
    if named is None and 'FLEXIBLAS_CONFIG' not in os.environ:
        named = default
    library = libraries.get(named and named.upper())
    if library is not None:
        variables['FLEXIBLAS'] = library
    return c_environment(**variables)


def read_configuration():
    """The name of the default back end, and the library of each by name. FlexiBLAS compares names in capitals."""
    default, libraries = None, {}
    files = [tree + '/etc/flexiblasrc']
    if exists(files[0] + '.d'):
        files += [files[0] + '.d/' + name for name in sorted(os.listdir(files[0] + '.d'))]
    for path in filter(exists, files):
        section = None
        with open(path, encoding='utf-8', errors='replace') as file:
            for line in file:
                key, _, value = (part.strip() for part in line.partition('='))
                if key.startswith('['):
                    section = key.strip('[]').upper()
                elif key == 'default':
                    default = value.upper()
                elif key == 'library':
                    libraries[section] = value
    return default, libraries
