"""start(): the environment, sys, and the modules that each start patches."""

import json
import os
import sys
from unittest import mock

import _relopack
from tree_case import TreeCase, c_getenv

START = 'import _relopack; _relopack.start(); import json, os, sys; from tree_case import c_getenv; '


class Start(TreeCase):
    def test_imports(self):
        """imports no module but those of its patches"""
        script = """
import sys
import _relopack
before = set(sys.modules)
_relopack.start()
after = set(sys.modules)
import json
print(json.dumps(sorted(after - before - {'_locale'})))
"""
        self.assertEqual(self.run_python(script, '-S'), [])

    def test_locpath(self):
        """leaves the caller's LOCPATH alone, even if it is the tree's"""
        locales = os.path.dirname(self.write('lib/locale/C.utf8'))
        script = START + 'print(json.dumps([os.environ.get("LOCPATH"), c_getenv("LOCPATH")]))'
        self.assertEqual(self.run_python(script, '-S', LOCPATH=locales), [locales, locales])

    def test_executed(self):
        """knows that ld.so was executed by /proc, and without /proc by the launcher's LOCPATH"""
        locales = os.path.dirname(self.write('lib/locale/C.utf8'))
        self.write('libexec/other')
        for loader, environ, expected in (
            (sys.executable, {}, True),
            (self.tree + '/libexec/other', {b'LOCPATH': os.fsencode(locales)}, False),
        ):
            if os.path.lexists(self.tree + '/libexec/ld.so'):
                os.unlink(self.tree + '/libexec/ld.so')
            os.symlink(loader, self.tree + '/libexec/ld.so')
            with mock.patch('posix.environ', environ):
                self.assertIs(_relopack.is_loader_executed(), expected)
        exists = _relopack.exists
        with mock.patch('_relopack.exists', lambda path: path != '/proc/self/exe' and exists(path)):
            for locpath, expected in ((locales, True), ('/usr', False)):
                with mock.patch('posix.environ', {b'LOCPATH': os.fsencode(locpath)}):
                    self.assertIs(_relopack.is_loader_executed(), expected)

    def test_argv0(self):
        """uses RELOPACK_ARGV0 as sys.executable, names the tree's Python as its base, and removes the variable"""
        script = (
            START + 'orig_argv = getattr(sys, "orig_argv", [sys.executable]); '
            'print(json.dumps([sys.executable, sys._base_executable, orig_argv[0], "RELOPACK_ARGV0" in os.environ]))'
        )
        for argv0, expected in (('/a/bin/python3', '/a/bin/python3'), ('bin/python3', os.getcwd() + '/bin/python3')):
            with self.subTest(argv0):
                found = self.run_python(script, '-S', RELOPACK_ARGV0=argv0)
                self.assertEqual(found, [expected, self.tree + '/bin/python3', expected, False])

    def test_argv0_of_venv(self):
        """names the tree's Python as the base of a virtual environment, since Python 3.11"""
        self.write('venv/pyvenv.cfg')
        name = self.tree + '/venv/bin/python'
        script = START + 'print(json.dumps([sys.executable, sys._base_executable]))'
        base = self.tree + '/bin/python3' if sys.version_info >= (3, 11) else name
        self.assertEqual(self.run_python(script, '-S', RELOPACK_ARGV0=name), [name, base])

    def test_called(self):
        """takes sys.orig_argv[0] from RELOPACK_CALLED, and removes the variable"""
        script = START + 'print(json.dumps([getattr(sys, "orig_argv", ["./py"])[0], "RELOPACK_CALLED" in os.environ]))'
        self.assertEqual(self.run_python(script, '-S', RELOPACK_CALLED='./py'), ['./py', False])

    def test_renamed(self):
        """gives PYTHONHOME and PYTHONPLATLIBDIR the caller's values again, for children"""
        script = (
            START + 'names = ("PYTHONHOME", "PYTHONPLATLIBDIR", "RELOPACK_PYTHONHOME"); '
            'print(json.dumps([[os.environ.get(name), c_getenv(name)] for name in names]))'
        )
        found = self.run_python(script, '-S', RELOPACK_PYTHONHOME='/home', RELOPACK_PYTHONPLATLIBDIR='lib')
        self.assertEqual(found, [['/home', '/home'], ['lib', 'lib'], [None, None]])

    def test_other_interpreter(self):
        """leaves the environment alone in any interpreter but the first"""
        environ = {b'RELOPACK_ARGV0': b'/x'}
        with mock.patch('_thread._is_main_interpreter', lambda: False, create=True), mock.patch(
            'posix.environ', environ
        ), mock.patch.object(sys, 'meta_path', []):
            _relopack.start()
            self.assertEqual(len(sys.meta_path), 1)
        self.assertEqual(environ, {b'RELOPACK_ARGV0': b'/x'})


class Helpers(TreeCase):
    def test_c_environment(self):
        """sets a variable for C code alone, and restores the caller's value"""
        os.environ['OWN'] = 'own'
        with _relopack.c_environment(OWN='new', NONE='new'):
            self.assertEqual([c_getenv('OWN'), c_getenv('NONE')], ['new', 'new'])
            self.assertEqual([os.environ.get('OWN'), os.environ.get('NONE')], ['own', None])
        self.assertEqual([c_getenv('OWN'), c_getenv('NONE')], ['own', None])

    def test_path_in_tree(self):
        """finds a path below /usr in the tree, or below host"""
        self.write('share/zoneinfo/UTC')
        self.assertEqual(_relopack.path_in_tree('/usr/share/zoneinfo'), self.tree + '/share/zoneinfo')
        self.assertEqual(_relopack.path_in_tree('/usr/share/terminfo'), self.tree + '/host/usr/share/terminfo')

    def test_is_same_file(self):
        """compares files, not paths"""
        path = self.write('share/one')
        other = self.write('share/other')
        self.assertTrue(_relopack.is_same_file(os.fsencode(path), self.tree + '/share/../share/one'))
        self.assertFalse(_relopack.is_same_file(path, other))
        self.assertFalse(_relopack.is_same_file(None, path))
        self.assertFalse(_relopack.is_same_file('/nonexistent', '/nonexistent'))

    def test_copy_names(self):
        """gives a wrapper the names of its function"""
        wrapper = _relopack.copy_names(lambda: None, json.loads)
        for name in ('__name__', '__qualname__', '__doc__', '__module__'):
            self.assertEqual(getattr(wrapper, name), getattr(json.loads, name))
