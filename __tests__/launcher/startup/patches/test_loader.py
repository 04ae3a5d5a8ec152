"""Loader: loads by another loader, and applies a patch."""

import types
import unittest

from _relopack.patches import Loader


class RealLoader:
    name = 'real'

    def __init__(self, events):
        self.events = events

    def create_module(self, spec):
        self.events.append('create ' + spec.name)

    def exec_module(self, module):
        self.events.append('execute')
        self.seen = module.__spec__.loader, module.__loader__


def load(patch):
    """What happens, in order, while a module is loaded; and the loader."""
    events = []
    real = RealLoader(events)
    loader = Loader(real, patch(events))
    spec = types.SimpleNamespace(name='module', loader=loader)
    loader.create_module(spec)
    module = types.ModuleType('module')
    module.__spec__, module.__loader__ = spec, loader
    loader.exec_module(module)
    return events, real, loader


class Loading(unittest.TestCase):
    def test_patch(self):
        """patches a module after it has been loaded"""
        events, _, _ = load(lambda events: types.SimpleNamespace(patch=lambda module: events.append('patch')))
        self.assertEqual(events, ['create module', 'execute', 'patch'])

    def test_hidden(self):
        """shows the module its real loader, and passes on what that has"""
        _, real, loader = load(lambda events: types.SimpleNamespace(patch=lambda module: None))
        self.assertEqual(real.seen, (real, real))
        self.assertEqual(loader.name, 'real')
        with self.assertRaises(AttributeError):
            _ = loader.other
