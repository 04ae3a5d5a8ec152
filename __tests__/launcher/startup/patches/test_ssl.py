"""ssl: the places of OpenSSL, or those of this machine, or the packed file."""

import os
import types
from unittest import mock

from _relopack.patches import ssl as ssl_patch
from tree_case import TreeCase


class Context:
    """Replaces ssl.SSLContext."""

    error = None

    def __init__(self):
        self.loaded = []

    def set_default_verify_paths(self):
        self.loaded.append('OpenSSL')

    def load_verify_locations(self, file, directory):
        if self.error:
            raise self.error
        self.loaded.append((file, directory))


class Ssl(TreeCase):
    def setUp(self):
        super().setUp()
        self.openssl = ['SSL_CERT_FILE', self.tree + '/none.pem', 'SSL_CERT_DIR', self.tree + '/none']
        self.places = {'system_file': None, 'system_directory': None, 'packed_file': None}
        for name in self.places:
            patcher = mock.patch.object(ssl_patch, name, lambda name=name: self.places[name])
            patcher.start()
            self.addCleanup(patcher.stop)
        for name in ('SSL_CERT_FILE', 'SSL_CERT_DIR'):
            os.environ.pop(name, None)
        context = type('SSLContext', (Context,), {'set_default_verify_paths': Context.set_default_verify_paths})
        own = types.SimpleNamespace(get_default_verify_paths=lambda: tuple(self.openssl))
        self.ssl = types.SimpleNamespace(_ssl=own, SSLContext=context)
        ssl_patch.patch(self.ssl)

    def paths(self):
        return self.ssl._ssl.get_default_verify_paths()[1::2]

    def loaded(self):
        context = self.ssl.SSLContext()
        context.set_default_verify_paths()
        return context.loaded

    def test_system(self):
        """uses the places of this machine if OpenSSL's are missing"""
        self.places.update(system_file='/s.pem', system_directory='/s', packed_file='/p.pem')
        self.assertEqual(self.paths(), ('/s.pem', '/s'))
        self.assertEqual(self.loaded(), ['OpenSSL', ('/s.pem', '/s')])

    def test_packed(self):
        """uses the packed file only if this machine has neither a file nor a directory"""
        self.places.update(packed_file='/p.pem')
        self.assertEqual(self.paths(), ('/p.pem', self.openssl[3]))
        self.assertEqual(self.loaded(), ['OpenSSL', ('/p.pem', None)])
        self.places.update(system_directory='/s')
        self.assertEqual(self.paths(), ('', '/s'))
        self.assertEqual(self.loaded(), [(None, '/s')])

    def test_openssl(self):
        """leaves OpenSSL's own places if they are there"""
        self.openssl[1::2] = [self.write('own.pem'), self.tree]
        self.places.update(system_file='/s.pem', system_directory='/s', packed_file='/p.pem')
        self.assertEqual(self.paths(), (self.tree + '/own.pem', self.tree))
        self.assertEqual(self.loaded(), ['OpenSSL'])

    def test_nothing(self):
        """leaves OpenSSL's places if there are no others"""
        self.assertEqual(self.paths(), tuple(self.openssl[1::2]))
        self.assertEqual(self.loaded(), ['OpenSSL'])

    def test_file_variable(self):
        """adds nothing if SSL_CERT_FILE says what is trusted"""
        self.places.update(system_file='/s.pem', system_directory='/s')
        os.environ['SSL_CERT_FILE'] = '/own.pem'
        self.assertEqual(self.loaded(), ['OpenSSL'])

    def test_directory_variable(self):
        """adds no directory if SSL_CERT_DIR names one"""
        self.places.update(system_file='/s.pem', system_directory='/s')
        os.environ['SSL_CERT_DIR'] = '/own'
        self.assertEqual(self.loaded(), ['OpenSSL', ('/s.pem', None)])

    def test_variables_and_directory(self):
        """reads the variables, if this machine only has a directory"""
        self.places.update(system_directory='/s', packed_file='/p.pem')
        os.environ['SSL_CERT_DIR'] = '/own'
        self.assertEqual(self.loaded(), [(None, '/own')])
        os.environ['SSL_CERT_FILE'] = '/own.pem'
        self.assertEqual(self.loaded(), ['OpenSSL'])

    def test_redirected(self):
        """loads no file again that OpenSSL finds by the redirect"""
        self.places.update(system_file='/s.pem')
        self.openssl[1] = self.write('redirected.pem', 'certificates')
        with mock.patch.object(ssl_patch, 'exists_here', lambda path: False):
            self.assertEqual(self.paths()[0], '/s.pem')
            self.assertEqual(self.loaded(), ['OpenSSL'])

    def test_unreadable(self):
        """ignores a file that cannot be read, as OpenSSL does"""
        self.places.update(system_file='/s.pem')
        self.ssl.SSLContext.error = PermissionError()
        self.assertEqual(self.loaded(), ['OpenSSL'])

    def test_names(self):
        """keeps the names of what it replaces"""
        self.assertEqual(self.ssl.SSLContext.set_default_verify_paths.__name__, 'set_default_verify_paths')
