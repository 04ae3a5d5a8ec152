"""terminals: where ncurses looks for descriptions of terminals."""

import os

from _relopack.terminals import packed_directory, terminfo_environment
from tree_case import TreeCase, c_getenv


class Terminals(TreeCase):
    def test_order(self):
        """puts the packed descriptions after the system's, and the caller's first"""
        self.write('share/terminfo/v/vt100')
        usual = '/lib/terminfo:/usr/lib/terminfo:' + self.tree + '/share/terminfo'
        self.assertEqual(packed_directory(), self.tree + '/share/terminfo')
        for own, expected in ((None, ':' + usual), ('/own', '/own:' + usual)):
            with self.subTest(own=own):
                os.environ.pop('TERMINFO_DIRS', None)
                if own:
                    os.environ['TERMINFO_DIRS'] = own
                with terminfo_environment():
                    self.assertEqual(c_getenv('TERMINFO_DIRS'), expected)
                self.assertEqual(c_getenv('TERMINFO_DIRS'), own)
