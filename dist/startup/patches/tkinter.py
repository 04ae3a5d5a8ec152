"""Lets Tcl and Tk find the scripts that they consist of, which they look for whenever an interpreter is made."""

import os

from _relopack import c_environment, copy_names, exists, tree


def patch(tkinter):
    original = tkinter.create

    def create(*arguments, **named):
        libraries = {
            'TCL_LIBRARY': find_scripts('tcl' + tkinter.TCL_VERSION, 'init.tcl'),
            'TK_LIBRARY': find_scripts('tk' + tkinter.TK_VERSION, 'tk.tcl'),
        }
        variables = {name: path for name, path in libraries.items() if path and name not in os.environ}
        with c_environment(**variables):
            return original(*arguments, **named)

    tkinter.create = copy_names(create, original)


def find_scripts(name, script):
    """The tree's directory of scripts of this name, or None. The script is one that such a directory has."""
    for directory in ('/share/', '/lib64/', '/lib/'):
        path = tree + directory + name
        if exists(path + '/' + script):
            return path
    return None
