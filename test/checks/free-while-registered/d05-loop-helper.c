// RUN: %check %s
/* OPTIONS: --precision=medium */
// ND-D05: a helper that unregisters each device of an array is meant for all of
// them, whichever it comes to; a way past it is not.
#include <linux/etherdevice.h>
#include <linux/platform_device.h>

struct port {
	struct net_device *dev;
};

struct fabric {
	struct port *ports[4];
	int count;
};

static void end_ports(struct fabric *f)
{
	struct port *port;
	int i;

	for (i = 0; i < f->count; i++) {
		port = f->ports[i];
		if (!port || !port->dev)
			continue;
		unregister_netdev(port->dev);
	}
	f->count = 0;
}

static int make_port(struct platform_device *pdev, struct fabric *f, int i)
{
	struct net_device *dev = devm_alloc_etherdev(&pdev->dev, sizeof(struct port));
	struct port *port;
	int err;

	if (!dev)
		return -ENOMEM;
	port = netdev_priv(dev);
	port->dev = dev;
	f->ports[i] = port;
	err = register_netdev(dev);
	if (err)
		port->dev = NULL;
	return err;
}

static struct fabric *make_fabric(struct platform_device *pdev)
{
	struct fabric *f = devm_kzalloc(&pdev->dev, sizeof(*f), GFP_KERNEL);

	if (f)
		platform_set_drvdata(pdev, f);
	return f;
}

static int ok_loop_probe(struct platform_device *pdev)
{
	struct fabric *f = make_fabric(pdev);
	int i, err;

	if (!f)
		return -ENOMEM;
	f->count = 4;
	for (i = 0; i < 4; i++) {
		err = make_port(pdev, f, i);
		if (err)
			goto fail;
	}
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		goto fail;
	return 0;
fail:
	end_ports(f);
	return err;
}

static void ok_loop_remove(struct platform_device *pdev)
{
	end_ports(platform_get_drvdata(pdev));
	device_remove_file(&pdev->dev, NULL);
}

static int bad_loop_probe(struct platform_device *pdev)
{
	struct fabric *f = make_fabric(pdev);
	int i, err;

	if (!f)
		return -ENOMEM;
	f->count = 4;
	for (i = 0; i < 4; i++) {
		err = make_port(pdev, f, i);
		if (err)
			goto fail;
	}
	err = device_create_file(&pdev->dev, NULL);
	if (err)
		return err; /* WARN: netdev-free-while-registered */
	return 0;
fail:
	end_ports(f);
	return err;
}

static void bad_loop_remove(struct platform_device *pdev)
{
	struct fabric *f = platform_get_drvdata(pdev);

	if (device_create_file(&pdev->dev, NULL))
		return; /* WARN: netdev-free-while-registered */
	end_ports(f);
}

struct platform_driver loop_driver_1 = { .probe = ok_loop_probe, .remove = ok_loop_remove };
struct platform_driver loop_driver_2 = { .probe = bad_loop_probe, .remove = bad_loop_remove };
