"""Lets curses find descriptions of terminals, for which ncurses has compiled-in places."""

from _relopack import copy_names
from _relopack.terminals import terminfo_environment


def patch(curses):
    curses.setupterm = with_terminfo(curses.setupterm)
    curses.initscr = with_terminfo(curses.initscr)


def with_terminfo(original):
    def call(*arguments, **named):
        with terminfo_environment():
            return original(*arguments, **named)

    return copy_names(call, original)
