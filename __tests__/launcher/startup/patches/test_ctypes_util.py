"""ctypes.util: the libraries of the tree."""

import types

from _relopack.patches import ctypes_util
from tree_case import TreeCase


class CtypesUtil(TreeCase):
    def find(self, name):
        util = types.SimpleNamespace(find_library=lambda name: 'of the system')
        ctypes_util.patch(util)
        return util.find_library(name)

    def test_soname(self):
        """finds the shortest versioned name, in lib64 and in lib"""
        for path in ('lib64/libz.so.1', 'lib64/libz.so.1.2.13', 'lib/libfoo.so.3', 'lib64/libzstd.so.1'):
            self.write(path)
        self.assertEqual(self.find('z'), 'libz.so.1')
        self.assertEqual(self.find('foo'), 'libfoo.so.3')

    def test_newest(self):
        """finds the highest version of several, by number"""
        for version in (9, 10, 8):
            self.write(f'lib64/libz.so.{version}')
        self.assertEqual(self.find('z'), 'libz.so.10')

    def test_missing(self):
        """finds neither a library of the system nor a file of another kind"""
        self.write('lib64/libz.so.1.hmac')
        self.assertIsNone(self.find('z'))
        self.assertIsNone(self.find('c'))
