// RUN: %check %s
// ND-R01: the device that a function leaves, held, in what it was given.
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

struct ethnl_req_info {
	struct net_device *dev;
	u32 flags;
};

int ethnl_parse_header_dev_get(struct ethnl_req_info *req, const void *header, void *net, void *extack, bool require);
static inline void ethnl_parse_header_dev_put(struct ethnl_req_info *req)
{
	dev_put(req->dev);
}


int bad_early(const void *header);
int bad_early(const void *header)
{
	struct ethnl_req_info req = {};
	int ret = ethnl_parse_header_dev_get(&req, header, &init_net, NULL, true);

	if (ret < 0)
		return ret;
	if (!(req.dev->flags & IFF_UP))
		return -ENODEV; /* WARN: netdev-reference-leak: device */
	ret = eth_validate_addr(req.dev);
	ethnl_parse_header_dev_put(&req);
	return ret;
}

int ok_out(const void *header);
int ok_out(const void *header)
{
	struct ethnl_req_info req = {};
	int ret = ethnl_parse_header_dev_get(&req, header, &init_net, NULL, true);

	if (ret < 0)
		return ret;
	if (!(req.dev->flags & IFF_UP)) {
		ret = -ENODEV;
		goto out;
	}
	ret = eth_validate_addr(req.dev);
out:
	ethnl_parse_header_dev_put(&req);
	return ret;
}

int ok_none(const void *header);
int ok_none(const void *header)
{
	struct ethnl_req_info req = {};
	int ret = ethnl_parse_header_dev_get(&req, header, &init_net, NULL, false);

	if (ret < 0 || !req.dev)
		return ret;
	ret = eth_validate_addr(req.dev);
	ethnl_parse_header_dev_put(&req);
	return ret;
}
