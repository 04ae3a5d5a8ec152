"""Lets readline find the description of the terminal, which it looks up only while it is loaded."""

from _relopack.terminals import terminfo_environment


def while_loading():
    return terminfo_environment()
