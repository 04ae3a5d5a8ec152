"""sysconfig: variables that name a place of this Python."""

import types

from _relopack.patches import sysconfig
from tree_case import TreeCase


class Sysconfig(TreeCase):
    def patched(self, **values):
        module = types.SimpleNamespace(build_time_vars=values)
        sysconfig.patch(module)
        return module.build_time_vars

    def test_moved(self):
        """moves the places of this Python, each in a list of them"""
        found = self.patched(
            prefix='/usr', LIBDIR='/usr/lib64', INCLDIRSTOMAKE='/usr/include /usr/include/python3 /opt'
        )
        self.assertEqual(found['prefix'], self.tree)
        self.assertEqual(found['LIBDIR'], self.tree + '/lib64')
        self.assertEqual(found['INCLDIRSTOMAKE'], f'{self.tree}/include {self.tree}/include/python3 /opt')

    def test_each(self):
        """moves each variable that names a place of this Python, such as the first and the last of each line"""
        for name in ('BINDIR', 'INCLUDEDIR', 'INCLUDEPY', 'exec_prefix', 'host_exec_prefix', 'host_prefix'):
            self.assertEqual(self.patched(prefix='/usr', **{name: '/usr/x'})[name], self.tree + '/x')

    def test_kept(self):
        """keeps places of the system, other prefixes, and numbers"""
        values = {'prefix': '/usr', 'DTRACE': '/usr/bin/dtrace', 'LIBPL': '/usrlocal/lib', 'BINDIR': 1}
        self.assertEqual(self.patched(**values), {**values, 'prefix': self.tree})

    def test_time_zones(self):
        """adds the packed time zones after the system's"""
        self.write('share/zoneinfo/UTC')
        found = self.patched(prefix='/usr', TZPATH='/usr/share/zoneinfo')
        self.assertEqual(found['TZPATH'], '/usr/share/zoneinfo:' + self.tree + '/share/zoneinfo')
        self.assertEqual(self.patched(prefix='/usr', TZPATH='')['TZPATH'], '')
