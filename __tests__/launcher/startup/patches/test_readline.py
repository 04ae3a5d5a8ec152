"""readline: the environment in which it is loaded."""

from _relopack.patches import readline
from tree_case import TreeCase, c_getenv


class Readline(TreeCase):
    def test_loading(self):
        """finds the descriptions of terminals while it is loaded, and only then"""
        self.write('share/terminfo/v/vt100')
        with readline.while_loading():
            self.assertEqual(c_getenv('TERMINFO_DIRS'), f':/lib/terminfo:/usr/lib/terminfo:{self.tree}/share/terminfo')
        self.assertIsNone(c_getenv('TERMINFO_DIRS'))
