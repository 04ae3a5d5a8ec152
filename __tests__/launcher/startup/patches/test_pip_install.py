"""pip install --user."""

import types
from unittest import mock

from _relopack.patches import pip_install
from tree_case import TreeCase


class InstallationError(Exception):
    """As pip's."""


class PipInstall(TreeCase):
    def decide(self, enabled, decision):
        """What the patched function returns for --user, if pip's own returns `decision`."""
        module = types.SimpleNamespace(
            InstallationError=InstallationError, decide_user_install=lambda use_user_site, target_dir=None: decision
        )
        pip_install.patch(module)
        with mock.patch('site.ENABLE_USER_SITE', enabled):
            return module.decide_user_install(True, target_dir=None)

    def test_refused(self):
        """is refused if user site-packages are disabled, by options or for safety"""
        for enabled in (False, None):
            with self.subTest(enabled), self.assertRaisesRegex(InstallationError, 'Use --target, or a virtual'):
                self.decide(enabled, True)

    def test_others(self):
        """is decided by pip if user site-packages are enabled, or if nothing would be installed there"""
        self.assertIs(self.decide(True, True), True)
        self.assertIs(self.decide(False, False), False)

    def test_old_pip(self):
        """is left alone in a pip that decides elsewhere"""
        module = types.SimpleNamespace()
        pip_install.patch(module)
        self.assertEqual(vars(module), {})
