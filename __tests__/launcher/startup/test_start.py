"""start(): the environment, sys, and the modules that each start patches."""

import _locale
import json
import os
import struct
import sys
import time
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
print(json.dumps(sorted(after - before - {'_locale', 'time'})))
"""
        self.assertEqual(self.run_python(script, '-S'), [])

    def test_locpath(self):
        """removes the LOCPATH of the tree from os.environ and from the process"""
        locales = os.path.dirname(self.write('lib/locale/C.utf8'))
        script = START + 'print(json.dumps([os.environ.get("LOCPATH"), c_getenv("LOCPATH")]))'
        self.assertEqual(self.run_python(script, '-S', LOCPATH=locales), [None, None])

    def test_callers_locpath(self):
        """gives LOCPATH the caller's value again"""
        locales = os.path.dirname(self.write('lib/locale/C.utf8'))
        script = (
            START + 'names = ("LOCPATH", "RELOPACK_LOCPATH"); '
            'print(json.dumps([[os.environ.get(name), c_getenv(name)] for name in names]))'
        )
        found = self.run_python(script, '-S', LOCPATH=locales, RELOPACK_LOCPATH='/callers own')
        self.assertEqual(found, [['/callers own', '/callers own'], [None, None]])

    def test_other_locpath(self):
        """keeps a LOCPATH that is not the tree's"""
        self.write('lib/locale/C.utf8')
        script = START + 'print(json.dumps(os.environ.get("LOCPATH")))'
        self.assertEqual(self.run_python(script, '-S', LOCPATH='/usr'), '/usr')

    def test_argv0(self):
        """uses RELOPACK_ARGV0 as sys.executable, and removes the variable"""
        script = (
            START + 'orig_argv = getattr(sys, "orig_argv", [sys.executable]); '
            'print(json.dumps([sys.executable, sys._base_executable, orig_argv[0], "RELOPACK_ARGV0" in os.environ]))'
        )
        for argv0, expected in (('/a/bin/python3', '/a/bin/python3'), ('bin/python3', os.getcwd() + '/bin/python3')):
            with self.subTest(argv0):
                self.assertEqual(self.run_python(script, '-S', RELOPACK_ARGV0=argv0), [expected] * 3 + [False])

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
        ), mock.patch.object(sys, 'meta_path', []), mock.patch('_relopack.patch_locale'), mock.patch(
            '_relopack.patch_time'
        ):
            _relopack.start()
            self.assertEqual(len(sys.meta_path), 1)
        self.assertEqual(environ, {b'RELOPACK_ARGV0': b'/x'})


# A time zone file (RFC 9636) with one type of local time: XYZ, three hours east of Greenwich.
ZONE = (b'TZif2' + bytes(31) + struct.pack('>lll2x4s', 1, 4, 3 * 3600, b'XYZ')) * 2 + b'\n<XYZ>-3\n'


class TimeZones(TreeCase):
    def setUp(self):
        super().setUp()
        self.write('share/zoneinfo/Test/Zone', ZONE)

    def test_at_start(self):
        """reads TZ from the tree if this machine has no time zones, and leaves no TZDIR"""
        script = """
import _relopack
exists = _relopack.exists
_relopack.exists = lambda path: path != _relopack.zones and exists(path)
_relopack.start()
import json, time
from tree_case import c_getenv
print(json.dumps([time.tzname[0], time.timezone, c_getenv('TZDIR'), c_getenv('TZ')]))
"""
        self.assertEqual(self.run_python(script, TZ='Test/Zone'), ['XYZ', -10800, None, 'Test/Zone'])

    def test_callers_directory(self):
        """leaves TZ alone if the caller has a TZDIR, or no TZ"""
        script = START + "import time; print(json.dumps([time.tzname[0], os.environ.get('TZDIR')]))"
        self.assertEqual(self.run_python(script, TZ='Test/Zone', TZDIR='/nonexistent'), ['Test', '/nonexistent'])
        self.assertEqual(self.run_python(script, TZ='ABC-1'), ['ABC', None])

    def test_tzset(self):
        """finds the tree's time zones by tzset() if this machine has none"""
        seen = []
        with mock.patch('time.tzset', lambda: seen.append(c_getenv('TZDIR'))):
            _relopack.patch_time()
            with mock.patch('_relopack.exists', lambda path: path != _relopack.zones):
                time.tzset()
            os.environ['TZDIR'] = '/own'
            with mock.patch('_relopack.exists', lambda path: path != _relopack.zones):
                time.tzset()
            del os.environ['TZDIR']
            with mock.patch('_relopack.exists', lambda path: True):
                time.tzset()
        self.assertEqual(seen, [self.tree + '/share/zoneinfo', '/own', None])
        self.assertIsNone(c_getenv('TZDIR'))


class Locales(TreeCase):
    def test_setlocale(self):
        """lets setlocale() see LOCPATH, and nothing else"""
        seen = []

        def setlocale(*arguments):
            seen.append((arguments, c_getenv('LOCPATH'), os.environ.get('LOCPATH')))
            return 'C'

        with mock.patch('_locale.setlocale', setlocale):
            _relopack.patch_locale('/tree/lib/locale')
            self.assertEqual(_locale.setlocale(6, 'C.UTF-8'), 'C')
            self.assertEqual(_locale.setlocale.__qualname__, setlocale.__qualname__)
        self.assertEqual(seen, [((6, 'C.UTF-8'), '/tree/lib/locale', None)])
        self.assertIsNone(c_getenv('LOCPATH'))

    def test_colon(self):
        """leaves setlocale() alone if the tree's path has a colon"""
        before = _locale.setlocale
        _relopack.patch_locale('/a:b/lib/locale')
        self.assertIs(_locale.setlocale, before)


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
