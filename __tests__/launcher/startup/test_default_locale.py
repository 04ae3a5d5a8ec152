"""setlocale(CATEGORY, '') with variables that name a locale which does not exist."""

import _locale
from unittest import mock

import _relopack
from _relopack import default_locale
from tree_case import TreeCase

# Prints the locales of all categories after setlocale(CATEGORY, ''), or the error.
SCRIPT = """
import _locale, json
import _relopack
_relopack.path_in_tree = lambda path: path
_relopack.start()
import locale
try:
    result = locale.setlocale(%s)
except locale.Error as error:
    result = str(error)
print(json.dumps([result, [locale.setlocale(number) for number in range(13) if number != locale.LC_ALL]]))
"""

MISSING = 'xx_YY.UTF-8'
UTF8 = ['C.UTF-8'] * 12


def names(some, others='C.UTF-8'):
    """The locales of all categories: some by the number of the category, and one for all others."""
    return [some.get(number, others) for number in range(13) if number != _locale.LC_ALL]


class DefaultLocale(TreeCase):
    def locales(self, call, **env):
        return self.run_python(SCRIPT % call, PYTHONCOERCECLOCALE='0', **env)

    def test_all(self):
        """selects C.UTF-8 for all categories if LC_ALL or LANG names a locale that is missing"""
        for name in ('LC_ALL', 'LANG'):
            with self.subTest(name):
                self.assertEqual(self.locales('locale.LC_ALL, ""', **{name: MISSING}), ['C.UTF-8', UTF8])

    def test_category(self):
        """replaces only the categories whose locale is missing"""
        for env, expected in (
            ({'LANG': 'C.UTF-8', 'LC_MESSAGES': MISSING}, names({})),
            ({'LANG': 'C', 'LC_MESSAGES': MISSING}, names({5: 'C.UTF-8'}, 'C')),
            ({'LC_TIME': MISSING}, names({2: 'C.UTF-8'}, 'C')),
            ({'LANG': MISSING, 'LC_COLLATE': 'C', 'LC_PAPER': 'POSIX'}, names({3: 'C', 7: 'C'})),
            ({'LC_ALL': '', 'LANG': MISSING, 'LC_NUMERIC': ''}, UTF8),
            ({'LC_ALL': MISSING, 'LC_CTYPE': 'C'}, UTF8),
        ):
            with self.subTest(env):
                self.assertEqual(self.locales('locale.LC_ALL, ""', **env)[1], expected)

    def test_one_category(self):
        """changes no other category than the one that setlocale() is called for"""
        found = self.locales('locale.LC_TIME, ""', LANG=MISSING)
        self.assertEqual(found, ['C.UTF-8', names({2: 'C.UTF-8'}, 'C')])

    def test_existing(self):
        """changes nothing if all locales exist"""
        for env, expected in (({}, 'C'), ({'LC_ALL': 'C'}, 'C'), ({'LANG': 'C.UTF-8'}, 'C.UTF-8')):
            with self.subTest(env):
                self.assertEqual(self.locales('locale.LC_ALL, ""', **env)[0], expected)

    def test_named(self):
        """raises the error for a missing locale that the program names"""
        for call in ('locale.LC_ALL, "xx_YY.UTF-8"', 'locale.LC_TIME, ("xx_YY", "UTF-8")', 'locale.LC_ALL, "xx"'):
            with self.subTest(call):
                self.assertEqual(self.locales(call, LANG=MISSING)[0], 'unsupported locale setting')

    def test_other_errors(self):
        """raises the errors for calls that are wrong"""
        with mock.patch('_locale.setlocale', _locale.setlocale):
            _relopack.patch_default_locale()
            for arguments, error in (((99, ''), _locale.Error), ((), TypeError), ((_locale.LC_ALL, 1), TypeError)):
                with self.subTest(arguments), self.assertRaises(error):
                    _locale.setlocale(*arguments)

    def test_without_replacement(self):
        """selects C if there is no C.UTF-8 either"""
        before = _locale.setlocale(_locale.LC_TIME)
        self.addCleanup(_locale.setlocale, _locale.LC_TIME, before)
        tried = (MISSING, 'yy_XX.UTF-8', 'C')
        self.assertEqual(default_locale.set_first(_locale.setlocale, _locale.LC_TIME, tried), 'C')
