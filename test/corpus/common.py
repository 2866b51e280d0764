"""A small tree of our own, and a way to run the corpus commands on it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "kernel-corpus"
FAKE = HERE / "Inputs" / "fake-lint"
sys.path.insert(0, str(CORPUS))

HEADER = """\
struct net_device { int flags; int needs_free_netdev; };
struct work { int x; };
struct priv { struct net_device *dev; struct work work; int state; };
struct net_device *alloc_netdev(int n);
void free_netdev(struct net_device *dev);
int register_netdev(struct net_device *dev);
void unregister_netdev(struct net_device *dev);
struct priv *netdev_priv(struct net_device *dev);
void INIT_WORK(struct work *w, void (*fn)(struct work *w));
void schedule_work(struct work *w);
void cancel_work_sync(struct work *w);
void use_dev(struct net_device *dev);
struct net_device_ops { int (*ndo_open)(struct net_device *dev); };
struct platform_driver { int (*probe)(void); };
#define NULL ((void *)0)
"""

DRIVER = """\
#include "fake.h"
/* free_netdev(dev); in a comment is not a call */
static const char text[] = "free_netdev(dev);";
static struct net_device *the_dev;

static void demo_work(struct work *w)
{
	(void)w;
}

static int demo_open(struct net_device *dev)
{
	struct priv *priv = netdev_priv(dev);

	schedule_work(&priv->work);
	return text[0];
}

static const struct net_device_ops demo_ops = {
	.ndo_open	= demo_open,
};

static int demo_probe(void)
{
	struct net_device *dev;
	struct priv *priv;
	int err;

	dev = alloc_netdev(4);
	if (!dev)
		return -12;
	priv = netdev_priv(dev);
	INIT_WORK(&priv->work, demo_work);
	err = register_netdev(dev);
	if (err)
		goto out_free;
	the_dev = dev;
	return demo_ops.ndo_open == NULL;

out_free:
	free_netdev(dev);
	return err;
}

static void demo_remove(void)
{
	struct priv *priv = netdev_priv(the_dev);

	unregister_netdev(the_dev);
	cancel_work_sync(&priv->work);
	free_netdev(the_dev);
}

struct platform_driver demo_driver = {
	.probe	= demo_probe,
};
void (*demo_remove_p)(void) = demo_remove;
"""


def make_tree(root):
    """drivers/net/demo/{demo,broken}.c and a database."""
    d = pathlib.Path(root) / "drivers/net/demo"
    d.mkdir(parents=True)
    (pathlib.Path(root) / "Makefile").write_text("VERSION = 6\nPATCHLEVEL = 12\n")
    (d / "fake.h").write_text(HEADER)
    (d / "demo.c").write_text(DRIVER)
    (d / "broken.c").write_text('#include "missing.h"\nint broken(void)\n{\n\treturn 1;\n}\n')
    (d / "loose.c").write_text(DRIVER.replace("demo_driver", "loose_driver").replace("demo_remove_p", "loose_p"))
    units = [{"directory": str(root), "file": str(d / n),
              "command": f"clang-22 -Wp,-MMD,drivers/net/demo/.{n}.d -Wall -Werror -c -o {n}.o drivers/net/demo/{n}"}
             for n in ("demo.c", "broken.c")]
    (pathlib.Path(root) / "compile_commands.json").write_text(json.dumps(units))
    return pathlib.Path(root)


CASE = {"id": "demo-leak", "file": "drivers/net/demo/demo.c", "functions": ["demo_probe"], "class": 3,
        "edits": [{"op": "delete", "function": "demo_probe", "at": {"call": "free_netdev"}}]}


class TreeTest(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.tmp = pathlib.Path(tmp.name)
        self.tree = make_tree(self.tmp / "tree")
        self.env = {**os.environ, "NETDEV_LINT_CACHE": str(self.tmp / "cache")}

    def write(self, name, data):
        p = self.tmp / name
        p.write_text(data if isinstance(data, str) else json.dumps(data))
        return str(p)

    def run_tool(self, command, *args, env=None):
        return subprocess.run([sys.executable, "-B", str(CORPUS / command), *map(str, args)],
                              capture_output=True, text=True, env={**self.env, **(env or {})})

    def bad(self, r, *words):
        """Exit 2, one clear line, no traceback."""
        self.assertEqual(r.returncode, 2, r.stdout + r.stderr)
        self.assertNotIn("Traceback", r.stderr)
        for w in words:
            self.assertIn(w, r.stderr)
