# Configuration of lit for the tests of netdev-lint.
import glob
import os
import re

import lit.formats

config.name = "netdev-lint"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".c", ".test"]
config.excludes = ["Inputs", "unit"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.netdev_obj_root, "test")


def checks():
    """The names in Checks.def, without the prefix."""
    with open(os.path.join(config.netdev_src_root, "checks/Checks.def")) as f:
        return set(re.findall(r'CHECK\(\w+, "netdev-([a-z0-9-]+)"', f.read()))


if not config.netdev_sanitize:  # stock clang-tidy cannot load a sanitized module
    config.available_features.add("plugin")
major = config.llvm_version.split(".")[0]
config.available_features.add("llvm-" + major)
# One of another version, which must not take our module in silence.
others = [path for path in sorted(glob.glob("/usr/lib/llvm-*/bin/clang-tidy"))
          if int(path.split("-")[1].split("/")[0]) >= 19 and "llvm-" + major not in path]
if others:
    config.available_features.add("other-clang-tidy")
    config.substitutions.append(("%other-clang-tidy", others[0]))
for name in checks():
    config.available_features.add("netdev-" + name)

flags = ("-nostdinc -I%s/Inputs/include -D__KERNEL__ -DMODULE -std=gnu11 -Wall"
         % config.test_source_root)
tidy = os.path.join(config.llvm_tools_dir, "clang-tidy")
# The stock clang-tidy cannot load a module that needs a sanitizer's runtime.
doors = " --no-tidy" if config.netdev_sanitize else ""
config.substitutions += [
    ("%netdev-lint", os.path.join(config.netdev_obj_root, "bin/netdev-lint")),
    ("%clang-tidy", tidy),
    ("%clang", os.path.join(config.llvm_tools_dir, "clang")),
    ("%plugin", os.path.join(config.netdev_obj_root, "lib/netdev-tidy.so")),
    ("%mockflags", flags),
    ("%python", config.python),
    ("%filecheck", os.path.join(config.llvm_tools_dir, "FileCheck")
     + " --allow-unused-prefixes=false"),
    ("%not", os.path.join(config.llvm_tools_dir, "not")),
    ("%check", "%s %s/check_netdev.py --build %s --tidy %s --mock %s/Inputs/include%s"
     % (config.python, config.test_source_root, config.netdev_obj_root, tidy,
        config.test_source_root, doors)),
    ("%src", config.netdev_src_root),
    ("%build", config.netdev_obj_root),
]
for key in ("HOME", "NETDEV_LINT_CACHE", "XDG_CACHE_HOME"):
    config.environment[key] = os.path.join(config.test_exec_root, "home")
config.environment["LC_ALL"] = "C.UTF-8"
