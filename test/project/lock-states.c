// What is held at each step: the states in JSON and SARIF, which the time line of
// the HTML report is drawn from.
// RUN: %netdev-lint --no-cache --format=json:%t.json --format=sarif:%t.sarif --format=kernel %s -- %mockflags | %filecheck %s
// RUN: %python -c "import json; print(*[s.get('state') for s in json.load(open('%t.json'))['findings'][0]['steps']], sep='; ')" > %t.states
// RUN: %filecheck %s --check-prefix=JSON < %t.states
// RUN: %python -c "import json; f = json.load(open('%t.sarif'))['runs'][0]['results'][0]['codeFlows'][0]['threadFlows'][0]['locations']; print(*[s.get('state', {}).get('lock', {}).get('text') for s in f], sep='; ')" > %t.states
// RUN: %filecheck %s --check-prefix=JSON < %t.states
// JSON: {{^}}RTNL not held; RTNL held{{$|;}}
#include <linux/etherdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>

static int twice_suspend(struct device *device)
{
	rtnl_lock();
	rtnl_lock(); // CHECK: :[[@LINE]]:2: warning: {{.*}} [netdev-rtnl-deadlock]
	rtnl_unlock();
	rtnl_unlock();
	return 0;
}

static SIMPLE_DEV_PM_OPS(twice_pm, twice_suspend, NULL);

static struct platform_driver twice_driver = {
	.driver = { .pm = &twice_pm },
};
module_platform_driver(twice_driver);
