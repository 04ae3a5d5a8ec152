"""Selects a locale in place of one that the caller's variables name and the tree does not contain.

Most programs call setlocale(LC_ALL, '') without a guard, and the caller's LANG names a locale of the machine. So each
category whose locale is missing gets C.UTF-8. A locale that a program itself names is never replaced.
"""

from _locale import LC_ALL, Error

# The categories of LC_ALL, by their numbers in glibc (locale/bits/locale.h). Python has no names for the last six.
CATEGORIES = [number for number in range(13) if number != LC_ALL]

# In their order. The second is for a tree without C.UTF-8.
REPLACEMENTS = ('C.UTF-8', 'C')


def set_default_locale(setlocale, category):
    """Sets a category by the variables, as setlocale(category, '') does. Returns the locale, as setlocale() does."""
    for one in CATEGORIES if category == LC_ALL else [category]:
        set_first(setlocale, one, ('', *REPLACEMENTS))
    return setlocale(category)


def set_first(setlocale, category, names):
    """Sets a category to the first of these locales that exists. If there is none, raises the error of setlocale()."""
    *others, last = names
    for name in others:
        try:
            return setlocale(category, name)
        except Error:
            pass
    return setlocale(category, last)
