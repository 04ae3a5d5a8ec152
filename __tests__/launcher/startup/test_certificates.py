"""certificates: the files and directories of this machine, and the packed file."""

from unittest import mock

from _relopack import certificates
from tree_case import TreeCase


class Certificates(TreeCase):
    def test_files(self):
        """finds the first file that is not empty"""
        self.write('a.pem')
        self.write('b.pem', 'b')
        self.write('c.pem', 'c')
        with mock.patch.object(certificates, 'files', tuple(f'{self.tree}/{name}.pem' for name in 'xabc')):
            self.assertEqual(certificates.system_file(), self.tree + '/b.pem')
        with mock.patch.object(certificates, 'files', ('/nonexistent',)):
            self.assertIsNone(certificates.system_file())

    def test_packed_file(self):
        """finds the packed file at the place that it had on the host"""
        self.assertIsNone(certificates.packed_file())
        path = self.write('etc/ssl/cert.pem', 'c')
        self.assertEqual(certificates.packed_file(), path)

    def test_directory(self):
        """finds a directory in which OpenSSL can look certificates up"""
        self.write('plain/certificate.pem')
        self.write('hashed/0a1b2c3d.0')
        places = tuple(self.tree + path for path in ('/none', '/plain', '/hashed'))
        with mock.patch.object(certificates, 'directories', places):
            self.assertEqual(certificates.system_directory(), self.tree + '/hashed')
        with mock.patch.object(certificates, 'directories', places[:2]):
            self.assertIsNone(certificates.system_directory())
