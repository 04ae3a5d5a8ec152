"""tkinter: the scripts of Tcl and Tk."""

import os
import types

from _relopack.patches import tkinter
from tree_case import TreeCase, c_getenv


class Tkinter(TreeCase):
    def setUp(self):
        super().setUp()
        for name in ('TCL_LIBRARY', 'TK_LIBRARY'):
            os.environ.pop(name, None)

    def create(self):
        """What Tcl finds in the environment."""

        def create(*arguments, **named):
            return arguments, named, c_getenv('TCL_LIBRARY'), c_getenv('TK_LIBRARY')

        module = types.SimpleNamespace(create=create, TCL_VERSION='8.6', TK_VERSION='8.6')
        tkinter.patch(module)
        found = module.create(1, sync=False)
        self.assertEqual(found[:2], ((1,), {'sync': False}))
        return found[2:]

    def test_packed(self):
        """names the directories that have the scripts, share before lib64 before lib"""
        self.write('share/tcl8.6/other.tcl')
        self.write('lib64/tcl8.6/init.tcl')
        self.write('lib/tcl8.6/init.tcl')
        self.write('share/tk8.6/tk.tcl')
        self.write('lib/tk8.6/tk.tcl')
        self.assertEqual(self.create(), (self.tree + '/lib64/tcl8.6', self.tree + '/share/tk8.6'))
        self.assertIsNone(c_getenv('TCL_LIBRARY'))

    def test_callers(self):
        """keeps what the caller set, and sets nothing without scripts"""
        self.write('share/tcl8.6/init.tcl')
        os.environ['TCL_LIBRARY'] = '/own'
        self.assertEqual(self.create(), ('/own', None))
