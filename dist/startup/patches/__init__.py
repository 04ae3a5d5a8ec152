"""One module for each module, or few modules of one kind, that names a place of the machine it was built on.

Such a patch has `patch(module)`, which changes the module when it has been loaded. Nothing here is imported before one
of the modules is: `watched` in _relopack/__init__.py has their names.
"""


def find_patch(name):
    """Imports a module of this package by its name."""
    return __import__('_relopack.patches.' + name, fromlist=['patch'])


class Loader:
    """Loads a module by the loader that was found for it, and applies a patch. The module never sees this loader."""

    def __init__(self, loader, patch):
        self.loader = loader
        self.patch = patch

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        self.patch.patch(module)

    def __getattr__(self, name):
        return getattr(self.loader, name)
