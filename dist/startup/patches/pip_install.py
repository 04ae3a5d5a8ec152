"""Lets `pip install --user` say at once that this Python would not find the modules.

The launcher's -s turns user site-packages off (PEP 370). New versions of pip refuse the option themselves.
"""

import site

from _relopack import copy_names


def patch(install):
    original = getattr(install, 'decide_user_install', None)
    if original is None:
        return

    def decide_user_install(use_user_site, *arguments, **named):
        decision = original(use_user_site, *arguments, **named)
        if decision and not site.ENABLE_USER_SITE:
            raise install.InstallationError(
                "Can not perform a '--user' install. User site-packages are disabled for this Python. "
                'Use --target, or a virtual environment.'
            )
        return decision

    install.decide_user_install = copy_names(decide_user_install, original)
