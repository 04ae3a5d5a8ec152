"""One module for each module, or few modules of one kind, that names a place of the machine it was built on.

Such a patch has `patch(module)`, which changes the module when it has been loaded. Or it has `while_loading()`, which
returns a context manager that the module is loaded in. It may have both. Nothing here is imported before one of the
modules is: `watched` in _relopack/__init__.py has their names.
"""

from _relopack import c_environment


def find_patch(name):
    """Imports a module of this package by its name."""
    return __import__('_relopack.patches.' + name, fromlist=['patch'])


def loading_context(patch):
    """The context manager that a module is loaded in. Without `while_loading` it sets nothing."""
    return patch.while_loading() if hasattr(patch, 'while_loading') else c_environment()


class Loader:
    """Loads a module by the loader that was found for it, and applies a patch. The module never sees this loader."""

    def __init__(self, loader, patch):
        self.loader = loader
        self.patch = patch

    def create_module(self, spec):
        with loading_context(self.patch):
            return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        with loading_context(self.patch):
            self.loader.exec_module(module)
        if hasattr(self.patch, 'patch'):
            self.patch.patch(module)

    def __getattr__(self, name):
        return getattr(self.loader, name)
