"""A lit format for tests that wait for a check Checks.def does not have yet.

In a module of its own: lit hands formats to its workers by pickle, which cannot
take a class that a configuration file defines."""
import re

import lit.Test
import lit.formats


class Waits(lit.formats.ShTest):
    def execute(self, test, lit_config):
        with open(test.getSourcePath(), encoding="utf-8") as f:
            for check in re.findall(r"WARN(?:[+-]\d+)?: netdev-([a-z-]+)", f.read()):
                if "netdev-" + check not in test.config.available_features:
                    return lit.Test.Result(lit.Test.UNSUPPORTED, "waits for " + check)
        return super().execute(test, lit_config)
