"""Runs the unittest cases of one file, and prints a line of JSON for each: its name, and what failed or null."""

import importlib.util
import json
import sys
import unittest


class Reporter(unittest.TestResult):
    def report(self, test, failure=None):
        print(json.dumps({'name': test.shortDescription() or test.id(), 'failure': failure}), file=report)

    def addSuccess(self, test):
        self.report(test)

    def addError(self, test, err):
        self.report(test, self._exc_info_to_string(err, test))

    addFailure = addError

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.report(subtest, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self.report(test, f'skipped: {reason}')


# A module under test may print; only the report goes to stdout.
report, sys.stdout = sys.stdout, sys.stderr
spec = importlib.util.spec_from_file_location('cases', sys.argv[1])
module = importlib.util.module_from_spec(spec)
sys.modules['cases'] = module
spec.loader.exec_module(module)
unittest.defaultTestLoader.loadTestsFromModule(module).run(Reporter())
