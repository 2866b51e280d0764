// RUN: %check %s
// ND-R01: the path that shows how it is done meets others that took nothing.
#include <linux/module.h>
#include <linux/netdevice.h>

struct link_id;

struct link_id *link_id_create(struct net *net);
void link_id_destroy(struct link_id *id);
int link_id_bind(struct link_id *id);
int link_chk_address(struct net *net, const struct net_device *dev);

int bad_check(struct net *net, int scope, int any)
{
	struct link_id *id = link_id_create(net);
	int ret;

	if (!id)
		return -ENOMEM;
	if (!any) {
		struct net_device *dev = dev_get_by_index(net, scope);

		if (!dev) {
			ret = -ENODEV;
			goto out;
		}
		if (!link_chk_address(net, dev)) {
			ret = -EINVAL;
			goto out;
		}
		dev_put(dev);
	}
	ret = link_id_bind(id);
	if (ret)
		ret = -EINVAL;
out:
	link_id_destroy(id);
	return ret; /* WARN: netdev-reference-leak: taken in 'bad_check' is not dropped on this path */
}

int ok_check(struct net *net, int scope, int any)
{
	struct link_id *id = link_id_create(net);
	int ret;

	if (!id)
		return -ENOMEM;
	if (!any) {
		struct net_device *dev = dev_get_by_index(net, scope);

		if (!dev) {
			ret = -ENODEV;
			goto out;
		}
		if (!link_chk_address(net, dev)) {
			dev_put(dev);
			ret = -EINVAL;
			goto out;
		}
		dev_put(dev);
	}
	ret = link_id_bind(id);
	if (ret)
		ret = -EINVAL;
out:
	link_id_destroy(id);
	return ret;
}
