"""certifi: the file that where() names, if it is there, or another."""

import types
from unittest import mock

from _relopack.patches import certifi
from tree_case import TreeCase


class Certifi(TreeCase):
    def module(self, path, name='certs'):
        def where():
            return path

        where.__module__ = name
        module = types.ModuleType('certs')
        module.where = where
        module.contents = lambda: 'original'
        certifi.patch(module)
        return module

    def find(self, path, system=None, packed=None):
        with mock.patch.multiple(certifi, system_file=lambda: system, packed_file=lambda: packed):
            return self.module(path).where()

    def test_order(self):
        """keeps a file that is there, else uses the system's, else the packed one"""
        own = self.write('own.pem')
        self.assertEqual(self.find(own, '/s', '/p'), own)
        self.assertEqual(self.find('/nonexistent', '/s', '/p'), '/s')
        self.assertEqual(self.find('/nonexistent', None, '/p'), '/p')
        self.assertEqual(self.find('/nonexistent'), '/nonexistent')

    def test_contents(self):
        """reads the contents of the file that was found"""
        packed = self.write('packed.pem', 'packed certificates')
        module = self.module('/nonexistent')
        with mock.patch.multiple(certifi, system_file=lambda: None, packed_file=lambda: packed):
            self.assertEqual(module.contents(), 'packed certificates')

    def test_imported(self):
        """leaves a where() alone that comes from another module, or is not there"""
        self.assertEqual(self.module('/nonexistent', 'certifi').where(), '/nonexistent')
        empty = types.ModuleType('certs')
        certifi.patch(empty)
        self.assertFalse(hasattr(empty, 'where'))
