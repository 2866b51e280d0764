// RUN: %check %s
// ND-W01: memory beside the private area goes while the core, or a timer, still
// knows what is in it.
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct ring {
	struct napi_struct napi;
	struct timer_list watch;
};

struct ring_priv {
	struct net_device *dev;
	struct ring *ring;
};

static int ring_poll(struct napi_struct *napi, int budget)
{
	return 0;
}

static void ring_watch(struct timer_list *t)
{
	struct ring *ring = from_timer(ring, t, watch);

	napi_schedule(&ring->napi);
}

static const struct net_device_ops ring_ops = {
	.ndo_validate_addr = eth_validate_addr,
};

static int bad_napi_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring_priv));
	struct ring_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	priv->ring = kzalloc(sizeof(*priv->ring), GFP_KERNEL);
	if (!priv->ring) {
		free_netdev(dev);
		return -ENOMEM;
	}
	netif_napi_add(dev, &priv->ring->napi, ring_poll);
	dev->netdev_ops = &ring_ops;
	err = register_netdev(dev);
	if (err) {
		kfree(priv->ring);
		free_netdev(dev); /* WARN: netdev-pending-work: 'ring->napi' (napi) is on the device's list */
	}
	return err;
}

static int ok_napi_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring_priv));
	struct ring_priv *priv;
	int err;

	if (!dev)
		return -ENOMEM;
	priv = netdev_priv(dev);
	priv->dev = dev;
	priv->ring = kzalloc(sizeof(*priv->ring), GFP_KERNEL);
	if (!priv->ring) {
		free_netdev(dev);
		return -ENOMEM;
	}
	netif_napi_add(dev, &priv->ring->napi, ring_poll);
	dev->netdev_ops = &ring_ops;
	err = register_netdev(dev);
	if (err) {
		netif_napi_del(&priv->ring->napi);
		kfree(priv->ring);
		free_netdev(dev);
	}
	return err;
}

/* free_netdev() takes the NAPI off its list itself; the memory goes after it. */
static int ok_napi_late_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct ring_priv));
	struct ring *ring;
	int err;

	if (!dev)
		return -ENOMEM;
	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring) {
		free_netdev(dev);
		return -ENOMEM;
	}
	netif_napi_add(dev, &ring->napi, ring_poll);
	dev->netdev_ops = &ring_ops;
	err = register_netdev(dev);
	if (err) {
		free_netdev(dev);
		kfree(ring);
	}
	return err;
}

static int bad_timer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct ring *ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	struct net_device *dev;
	int err;

	if (!ring)
		return -ENOMEM;
	timer_setup(&ring->watch, ring_watch, 0);
	mod_timer(&ring->watch, jiffies + HZ);
	dev = alloc_etherdev(0);
	if (!dev) {
		kfree(ring); /* WARN: netdev-pending-work: 'ring->watch' may still be pending when 'kfree' frees the memory */
		return -ENOMEM;
	}
	pci_set_drvdata(pdev, ring);
	dev->netdev_ops = &ring_ops;
	err = register_netdev(dev);
	if (err) {
		del_timer_sync(&ring->watch);
		kfree(ring);
		free_netdev(dev);
	}
	return err;
}

static int ok_timer_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct ring *ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	struct net_device *dev;
	int err;

	if (!ring)
		return -ENOMEM;
	timer_setup(&ring->watch, ring_watch, 0);
	mod_timer(&ring->watch, jiffies + HZ);
	dev = alloc_etherdev(0);
	if (!dev) {
		del_timer_sync(&ring->watch);
		kfree(ring);
		return -ENOMEM;
	}
	pci_set_drvdata(pdev, ring);
	dev->netdev_ops = &ring_ops;
	err = register_netdev(dev);
	if (err) {
		del_timer_sync(&ring->watch);
		kfree(ring);
		free_netdev(dev);
	}
	return err;
}

struct pci_driver bad_napi = { .probe = bad_napi_probe };
struct pci_driver ok_napi = { .probe = ok_napi_probe };
struct pci_driver ok_napi_late = { .probe = ok_napi_late_probe };
struct pci_driver bad_timer = { .probe = bad_timer_probe };
struct pci_driver ok_timer = { .probe = ok_timer_probe };

/* A helper called in a loop: what one turn has armed is not what the next frees. */
struct probe_job {
	struct work_struct work;
	int index;
};

void probe_job_run(struct work_struct *work);

static void ok_probe_one(int index, int busy)
{
	struct probe_job *job = NULL;

	if (index & 1)
		job = kmalloc(sizeof(*job), GFP_ATOMIC);
	else if (index & 2)
		job = kmalloc(sizeof(*job), GFP_KERNEL);
	if (!job || busy) {
		kfree(job);
	} else {
		INIT_WORK(&job->work, probe_job_run);
		job->index = index;
		schedule_work(&job->work);
	}
}

void ok_probe_all(int count, const int *busy);
void ok_probe_all(int count, const int *busy)
{
	int i;

	for (i = 0; i < count; i++)
		ok_probe_one(i, busy[i]);
}
