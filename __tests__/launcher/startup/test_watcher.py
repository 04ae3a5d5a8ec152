"""Watcher: which modules are patched, and when."""

import os
import sys

import _relopack
from _relopack.patches import find_patch
from tree_case import TreeCase


class Watched(TreeCase):
    def run_started(self, script):
        return self.run_python('import json, sys, _relopack; _relopack.start()' + script)

    def test_names(self):
        """watches the modules that name a place of the machine that Python was built on"""
        self.assertEqual(
            sorted(_relopack.watched),
            [
                'certifi.core',
                'ctypes.util',
                'ensurepip',
                'pip._internal.commands.install',
                'pip._vendor.certifi.core',
                'requests.certs',
                'ssl',
            ],
        )

    def test_table(self):
        """has a patch for each watched module, and no others"""
        folder = os.path.join(os.path.dirname(_relopack.__file__), 'patches')
        there = {name[:-3] for name in os.listdir(folder) if name.endswith('.py')} - {'__init__'}
        self.assertEqual(there, {*_relopack.watched.values(), 'sysconfig'})
        for name in there:
            patch = find_patch(name)
            self.assertEqual(patch.__name__, '_relopack.patches.' + name)
            self.assertTrue(hasattr(patch, 'patch'), name)

    def test_site(self):
        """finds the file of the site module, although Python contains a frozen one since 3.11"""
        script = """
import importlib.util
found = []
for name in 'site', 'stat':
    sys.modules.pop(name, None)
    found.append(importlib.util.find_spec(name).origin)
print(json.dumps(found))
"""
        site, other = self.run_started(script)
        self.assertEqual(os.path.basename(site), 'site.py')
        # Other frozen modules stay as they are, so this test can fail.
        self.assertEqual(other == 'frozen', sys.version_info >= (3, 11))

    def test_lazy(self):
        """imports a patch only when its module is loaded"""
        script = """
def patches(): return sorted(name for name in sys.modules if name.startswith('_relopack.patches.'))
found = [patches()]
import ctypes.util
found.append(patches())
print(json.dumps([*found, ctypes.util.find_library.__code__.co_filename]))
"""
        before, after, file = self.run_started(script)
        self.assertEqual(before, [])
        self.assertEqual(after, ['_relopack.patches.ctypes_util'])
        self.assertTrue(file.endswith('/_relopack/patches/ctypes_util.py'), file)

    def test_sysconfig(self):
        """patches the data of sysconfig, whatever the name of its module"""
        self.write('modules/_sysconfigdata__test.py', 'build_time_vars = {"prefix": "/usr", "LIBDIR": "/usr/lib64"}')
        script = f"""
sys.path.append({self.tree + '/modules'!r})
from _sysconfigdata__test import build_time_vars
print(json.dumps(build_time_vars))
"""
        self.assertEqual(self.run_started(script), {'prefix': self.tree, 'LIBDIR': self.tree + '/lib64'})

    def test_real_modules(self):
        """patches the modules of this machine, and they work"""
        script = """
import ssl, ctypes.util, ensurepip, sysconfig
ssl.create_default_context()
sysconfig.get_config_vars()
functions = ssl._ssl.get_default_verify_paths, ssl.SSLContext.set_default_verify_paths, ctypes.util.find_library
print(json.dumps([function.__code__.co_filename.rpartition('/')[2] for function in functions]))
"""
        self.assertEqual(self.run_started(script), ['ssl.py', 'ssl.py', 'ctypes_util.py'])

    def test_no_spec(self):
        """finds nothing where no other finder does, and asks each of them"""
        asked = []

        class Finder:
            def find_spec(self, name, path=None, target=None):
                asked.append(name)

        watcher = _relopack.Watcher()
        finders, sys.meta_path = sys.meta_path, [watcher, object(), Finder(), Finder()]
        try:
            self.assertIsNone(watcher.find_spec('ssl'))
            self.assertIsNone(watcher.find_spec('json'))
        finally:
            sys.meta_path = finders
        self.assertEqual(asked, ['ssl', 'ssl'])
