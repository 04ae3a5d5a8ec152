"""_pyrepl.terminfo: the directories of terminal descriptions."""

import pathlib
import types

from _relopack.patches import pyrepl_terminfo
from tree_case import TreeCase


class PyreplTerminfo(TreeCase):
    def test_directories(self):
        """adds the packed descriptions after the others"""
        self.write('share/terminfo/v/vt100')
        usual = pathlib.Path('/usr/share/terminfo')
        module = types.SimpleNamespace(Path=pathlib.Path, _get_terminfo_dirs=lambda: [usual])
        pyrepl_terminfo.patch(module)
        self.assertEqual(module._get_terminfo_dirs(), [usual, pathlib.Path(self.tree + '/share/terminfo')])

    def test_other_version(self):
        """leaves a module without such a function alone"""
        module = types.SimpleNamespace()
        pyrepl_terminfo.patch(module)
        self.assertEqual(vars(module), {})
