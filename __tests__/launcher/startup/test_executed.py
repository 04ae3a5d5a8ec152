"""executed.py: the environment around calls, for a Python whose ld.so was executed."""

import _locale
import os
import struct
import time
from unittest import mock

from _relopack import executed
from tree_case import TreeCase, c_getenv

START = 'from _relopack import executed; executed.prepare(); import json, os; from tree_case import c_getenv; '


class Locpath(TreeCase):
    def test_of_launcher(self):
        """removes the LOCPATH of the tree from os.environ and from the process"""
        locales = os.path.dirname(self.write('lib/locale/C.utf8'))
        script = START + 'print(json.dumps([os.environ.get("LOCPATH"), c_getenv("LOCPATH")]))'
        self.assertEqual(self.run_python(script, '-S', LOCPATH=locales), [None, None])

    def test_of_caller(self):
        """gives LOCPATH the caller's value again"""
        locales = os.path.dirname(self.write('lib/locale/C.utf8'))
        script = (
            START + 'names = ("LOCPATH", "RELOPACK_LOCPATH"); '
            'print(json.dumps([[os.environ.get(name), c_getenv(name)] for name in names]))'
        )
        found = self.run_python(script, '-S', LOCPATH=locales, RELOPACK_LOCPATH='/callers own')
        self.assertEqual(found, [['/callers own', '/callers own'], [None, None]])

    def test_other(self):
        """keeps a LOCPATH that is not the tree's"""
        self.write('lib/locale/C.utf8')
        script = START + 'print(json.dumps(os.environ.get("LOCPATH")))'
        self.assertEqual(self.run_python(script, '-S', LOCPATH='/usr'), '/usr')


# A time zone file (RFC 9636) with one type of local time: XYZ, three hours east of Greenwich.
ZONE = (b'TZif2' + bytes(31) + struct.pack('>lll2x4s', 1, 4, 3 * 3600, b'XYZ')) * 2 + b'\n<XYZ>-3\n'


class TimeZones(TreeCase):
    def setUp(self):
        super().setUp()
        self.write('share/zoneinfo/Test/Zone', ZONE)

    def test_at_start(self):
        """reads TZ from the tree if this machine has no time zones, and leaves no TZDIR"""
        script = """
import _relopack.executed
exists = _relopack.exists
_relopack.executed.exists = lambda path: path != _relopack.executed.zones and exists(path)
_relopack.executed.prepare()
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
            executed.patch_time()
            with mock.patch('_relopack.executed.exists', lambda path: path != executed.zones):
                time.tzset()
            os.environ['TZDIR'] = '/own'
            with mock.patch('_relopack.executed.exists', lambda path: path != executed.zones):
                time.tzset()
            del os.environ['TZDIR']
            with mock.patch('_relopack.executed.exists', lambda path: True):
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
            executed.patch_locale('/tree/lib/locale')
            self.assertEqual(_locale.setlocale(6, 'C.UTF-8'), 'C')
            self.assertEqual(_locale.setlocale.__qualname__, setlocale.__qualname__)
        self.assertEqual(seen, [((6, 'C.UTF-8'), '/tree/lib/locale', None)])
        self.assertIsNone(c_getenv('LOCPATH'))

    def test_colon(self):
        """leaves setlocale() alone if the tree's path has a colon"""
        before = _locale.setlocale
        executed.patch_locale('/a:b/lib/locale')
        self.assertIs(_locale.setlocale, before)
