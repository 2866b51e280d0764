// RUN: %check %s
// ND-L01: the setup function that every device of the unit is made with leaves it to the core.
#include <linux/etherdevice.h>

struct pipe {
	struct net_device *dev;
};

static void pipe_setup(struct net_device *dev)
{
	dev->needs_free_netdev = true;
}

int pipe_attach(struct pipe *pipe);
int pipe_attach(struct pipe *pipe)
{
	struct net_device *dev = alloc_netdev(0, "pipe%d", NET_NAME_UNKNOWN, pipe_setup);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	pipe->dev = dev;
	return 0;
}

void bad_pipe_detach(struct pipe *pipe);
void bad_pipe_detach(struct pipe *pipe)
{
	struct net_device *dev = pipe->dev;

	unregister_netdev(dev);
	free_netdev(dev); /* WARN: netdev-free-with-needs-free: 'dev' */
}

void ok_pipe_detach(struct pipe *pipe);
void ok_pipe_detach(struct pipe *pipe)
{
	unregister_netdev(pipe->dev);
}
