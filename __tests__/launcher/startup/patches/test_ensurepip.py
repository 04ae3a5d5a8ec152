"""ensurepip: the directory of pip's wheel."""

import pathlib
import types

from _relopack.patches import ensurepip
from tree_case import TreeCase


class Ensurepip(TreeCase):
    def test_moved(self):
        """moves the directory into the tree, and keeps its type"""
        self.write('share/python-wheels/pip.whl')
        for name, kind in (('_WHEEL_PKG_DIR', str), ('_WHEEL_DIR', str), ('_WHEEL_PKG_DIR', pathlib.PosixPath)):
            with self.subTest(name=name, kind=kind):
                module = types.SimpleNamespace(**{name: kind('/usr/share/python-wheels')})
                ensurepip.patch(module)
                self.assertEqual(vars(module), {name: kind(self.tree + '/share/python-wheels')})

    def test_kept(self):
        """keeps a directory that was not packed, and None"""
        module = types.SimpleNamespace(_WHEEL_PKG_DIR='/usr/share/python-wheels', _WHEEL_DIR=None)
        ensurepip.patch(module)
        self.assertEqual(vars(module), {'_WHEEL_PKG_DIR': '/usr/share/python-wheels', '_WHEEL_DIR': None})
