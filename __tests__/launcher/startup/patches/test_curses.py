"""curses: the environment in which a terminal is set up."""

import types

from _relopack.patches import curses
from tree_case import TreeCase, c_getenv


class Curses(TreeCase):
    def test_functions(self):
        """gives setupterm() and initscr() the descriptions, their arguments, and their results"""

        def setupterm(*arguments, **named):
            return arguments, named, c_getenv('TERMINFO_DIRS')

        self.write('share/terminfo/v/vt100')
        module = types.SimpleNamespace(setupterm=setupterm, initscr=lambda: c_getenv('TERMINFO_DIRS'))
        curses.patch(module)
        directories = f':/lib/terminfo:/usr/lib/terminfo:{self.tree}/share/terminfo'
        self.assertEqual(module.setupterm('vt100', fd=1), (('vt100',), {'fd': 1}, directories))
        self.assertEqual(module.initscr(), directories)
        self.assertEqual(module.setupterm.__name__, 'setupterm')
        self.assertIsNone(c_getenv('TERMINFO_DIRS'))
