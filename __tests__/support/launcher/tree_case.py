"""A unittest case with a tree for the start-up code, and what its tests share."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import unittest

from _relopack import tree

ENVIRONMENT = {'PATH': '/usr/bin:/bin', 'PYTHONPATH': os.environ['PYTHONPATH'], 'PYTHONDONTWRITEBYTECODE': '1'}


def c_getenv(name):
    """The value of a variable as C code finds it, or None."""
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_char_p
    value = getenv(name.encode())
    return None if value is None else value.decode()


class TreeCase(unittest.TestCase):
    """Its tree is empty before each test, but for the start-up code in lib/python3."""

    tree = tree

    def setUp(self):
        for entry in [*os.scandir(tree), *os.scandir(tree + '/lib')]:
            if entry.path in (tree + '/lib', tree + '/lib/python3'):
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.remove(entry.path)
        environ = dict(os.environ)
        self.addCleanup(lambda: (os.environ.clear(), os.environ.update(environ)))

    def write(self, path, content=''):
        """Writes a file of the tree. Returns its path."""
        path = os.path.join(tree, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb' if isinstance(content, bytes) else 'w') as file:
            file.write(content)
        return path

    def run_python(self, script, *options, **env):
        """What a new Python prints as JSON for a script, with exactly these variables beside ENVIRONMENT."""
        command = [sys.executable, *options, '-c', script]
        pipes = {'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE}  # capture_output is new in 3.7.
        result = subprocess.run(command, env={**ENVIRONMENT, **env}, check=False, **pipes)
        self.assertEqual((result.returncode, result.stderr.decode()), (0, ''))
        return json.loads(result.stdout)
