"""flexiblas: the back end that FlexiBLAS chooses while it is loaded."""

import os

from _relopack.patches import flexiblas
from tree_case import TreeCase, c_getenv

NAMES = ('FLEXIBLAS', 'FLEXIBLAS_LIBRARY_PATH', 'FLEXIBLAS_CONFIG')


class Flexiblas(TreeCase):
    def setUp(self):
        super().setUp()
        for name in NAMES:
            os.environ.pop(name, None)

    def environment(self, **own):
        """FLEXIBLAS and FLEXIBLAS_LIBRARY_PATH while a module is loaded."""
        os.environ.update(own)
        with flexiblas.while_loading():
            found = [c_getenv(name) for name in NAMES[:2]]
        self.assertEqual([c_getenv(name) for name in NAMES], [own.get(name) for name in NAMES])
        return found

    def configure(self):
        self.directory = os.path.dirname(self.write('lib64/flexiblas/libflexiblas_netlib.so'))
        self.write('etc/flexiblasrc', 'default = Other\n')
        self.write('etc/flexiblasrc.d/a.conf', '[NETLIB]\nlibrary = libflexiblas_netlib.so\n')
        self.write('etc/flexiblasrc.d/b.conf', 'default = netlib\n[OpenBlas]\nlibrary=libflexiblas_openblas.so\n')

    def test_none(self):
        """sets nothing if no back end was packed"""
        self.assertEqual(self.environment(), [None, None])

    def test_directories(self):
        """adds the tree's directories after the caller's"""
        self.configure()
        other = os.path.dirname(self.write('lib/flexiblas/x.so'))
        self.assertEqual(self.environment()[1], f'{self.directory}:{other}')
        self.assertEqual(self.environment(FLEXIBLAS_LIBRARY_PATH='/own')[1], f'/own:{self.directory}:{other}')

    def test_default(self):
        """names the library of the packed default, which the last file in order decides"""
        self.configure()
        self.assertEqual(self.environment()[0], 'libflexiblas_netlib.so')

    def test_named(self):
        """names the library of the caller's back end, in capitals or not"""
        self.configure()
        self.assertEqual(self.environment(FLEXIBLAS='openBLAS')[0], 'libflexiblas_openblas.so')

    def test_unknown(self):
        """keeps a name that the packed configuration does not have"""
        self.configure()
        self.assertEqual(self.environment(FLEXIBLAS='unknown')[0], 'unknown')

    def test_configuration(self):
        """sets no default if the caller has a configuration"""
        self.configure()
        self.assertIsNone(self.environment(FLEXIBLAS_CONFIG='/own/flexiblasrc')[0])
