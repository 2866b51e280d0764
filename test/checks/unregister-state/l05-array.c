// RUN: %check %s
// ND-L05: devices of an array, some of which could not be registered.
#include <linux/etherdevice.h>
#include <linux/pci.h>

#define PORTS 4

struct port {
	struct net_device *dev;
};

struct card {
	struct pci_dev *pdev;
	unsigned long registered;
	int nports, up;
	struct port port[PORTS];
};

int card_start(struct card *card);

static int card_alloc(struct card *card)
{
	int i;

	for (i = 0; i < card->nports; i++) {
		card->port[i].dev = alloc_etherdev(0);
		if (!card->port[i].dev)
			return -ENOMEM;
	}
	return 0;
}

static void free_ports(struct card *card)
{
	int i;

	for (i = 0; i < card->nports; i++)
		if (card->port[i].dev)
			free_netdev(card->port[i].dev);
}

static void bad_sweep(struct card *card)
{
	struct port *port;
	int i;

	for (i = 0; i < card->nports; i++) {
		port = &card->port[i];
		if (!port->dev)
			continue;
		unregister_netdev(port->dev); /* WARN: netdev-unregister-state: 'port->dev' is unregistered whether or not it could be registered */
		free_netdev(port->dev);
		port->dev = NULL;
	}
}

static void ok_sweep(struct card *card)
{
	struct port *port;
	int i;

	for (i = 0; i < card->nports; i++) {
		port = &card->port[i];
		if (!port->dev)
			continue;
		if (port->dev->reg_state == NETREG_REGISTERED)
			unregister_netdev(port->dev);
		free_netdev(port->dev);
		port->dev = NULL;
	}
}

/* The one that failed, and those behind it, are not registered. */
int sweep_register(struct card *card)
{
	int i, err;

	for (i = 0; i < card->nports; i++) {
		err = register_netdev(card->port[i].dev); /* NOTE: the registration may fail, and the device stays in 'port->dev' */
		if (err)
			goto sweep;
	}
	return 0;
sweep:
	bad_sweep(card);
	return err;
}

int ok_register(struct card *card)
{
	int i, err;

	for (i = 0; i < card->nports; i++) {
		err = register_netdev(card->port[i].dev);
		if (err)
			goto sweep;
	}
	return 0;
sweep:
	ok_sweep(card);
	return err;
}

/* It is for the caller to take it out again. */
static int add_port(struct card *card, int i)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	card->port[i].dev = dev;
	return register_netdev(dev);
}

int bad_add_ports(struct card *card)
{
	int i, err;

	for (i = 0; i < PORTS; i++) {
		err = add_port(card, i);
		if (err)
			goto sweep;
	}
	return 0;
sweep:
	for (i = 0; i < PORTS; i++) {
		struct net_device *dev = card->port[i].dev;

		if (!dev)
			continue;
		unregister_netdev(dev); /* WARN: netdev-unregister-state: 'dev' is unregistered whether or not it could be registered */
		free_netdev(dev);
	}
	return err;
}

/* The element that failed is cleared, and its caller sweeps. */
static int ok_add_port(struct card *card, int i)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	card->port[i].dev = dev;
	err = register_netdev(dev);
	if (err) {
		card->port[i].dev = NULL;
		free_netdev(dev);
	}
	return err;
}

int ok_add_ports(struct card *card)
{
	int i, err;

	for (i = 0; i < PORTS; i++) {
		err = ok_add_port(card, i);
		if (err) {
			bad_sweep(card);
			return err;
		}
	}
	return 0;
}

/* A step before the registration fails. */
struct shelf {
	struct shelf_port {
		struct net_device *dev;
	} ports[PORTS];
};

static void bad_clean_shelf(struct shelf *shelf)
{
	int i;

	for (i = 0; i < PORTS; i++) {
		struct shelf_port *port = &shelf->ports[i];

		if (!port->dev)
			continue;
		unregister_netdev(port->dev); /* WARN: netdev-unregister-state: 'port->dev' is unregistered whether or not it could be registered */
		free_netdev(port->dev);
	}
}

static int shelf_port_add(struct pci_dev *pdev, struct shelf_port *port)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	port->dev = dev;
	err = pci_enable_device(pdev); /* NOTE: this may fail before the registration, and the device stays in 'shelf_port->dev' */
	if (err)
		return err;
	err = register_netdev(dev);
	if (err) {
		port->dev = NULL;
		free_netdev(dev);
	}
	return err;
}

int shelf_add(struct pci_dev *pdev, struct shelf *shelf)
{
	int i, err;

	for (i = 0; i < PORTS; i++) {
		err = shelf_port_add(pdev, &shelf->ports[i]);
		if (err) {
			bad_clean_shelf(shelf);
			return err;
		}
	}
	return 0;
}

/* The same, of a pointer, seen through a pointer to the port. */
struct tray {
	struct tray_port {
		struct net_device *dev;
		void *rings;
	} *ports[PORTS];
};

void *tray_make_rings(struct pci_dev *pdev);

static void bad_clean_tray(struct tray *tray)
{
	struct tray_port *port;
	int i;

	for (i = 0; i < PORTS; i++) {
		port = tray->ports[i];
		if (!port || !port->dev)
			continue;
		unregister_netdev(port->dev); /* WARN: netdev-unregister-state: 'port->dev' is unregistered whether or not it could be registered */
	}
}

static int tray_port_add(struct pci_dev *pdev, struct tray_port *port, struct net_device *dev)
{
	void *rings;
	int err;

	port->dev = dev;
	rings = tray_make_rings(pdev);
	if (IS_ERR(rings)) /* NOTE: this may fail before the registration */
		return PTR_ERR(rings);
	port->rings = rings;
	err = register_netdev(dev);
	if (err)
		port->dev = NULL;
	return err;
}

int tray_add(struct pci_dev *pdev, struct tray *tray, struct net_device *dev, int i)
{
	int err;

	err = tray_port_add(pdev, tray->ports[i], dev);
	if (err)
		bad_clean_tray(tray);
	return err;
}

struct box {
	struct box_port {
		struct net_device *dev;
	} ports[PORTS];
};

static void ok_clean_box(struct box *box)
{
	int i;

	for (i = 0; i < PORTS; i++)
		if (box->ports[i].dev)
			unregister_netdev(box->ports[i].dev);
}

static int box_port_add(struct pci_dev *pdev, struct box_port *port)
{
	struct net_device *dev = alloc_etherdev(0);
	int err;

	if (!dev)
		return -ENOMEM;
	port->dev = dev;
	err = pci_enable_device(pdev);
	if (err)
		netif_carrier_off(dev);
	err = pci_enable_device(pdev);
	if (err)
		goto fail;
	err = register_netdev(dev);
	if (err)
		goto fail;
	return 0;
fail:
	port->dev = NULL;
	free_netdev(dev);
	return err;
}

int ok_box_add(struct pci_dev *pdev, struct box *box)
{
	int i, err;

	for (i = 0; i < PORTS; i++) {
		err = box_port_add(pdev, &box->ports[i]);
		if (err) {
			ok_clean_box(box);
			return err;
		}
	}
	return 0;
}

/* The slot of the port is cleared: the sweep does not come to it. */
struct rack {
	struct port *ports[PORTS];
};

static void ok_sweep_rack(struct rack *rack)
{
	int i;

	for (i = 0; i < PORTS; i++)
		if (rack->ports[i])
			unregister_netdev(rack->ports[i]->dev);
}

int ok_add_to_rack(struct rack *rack, struct port *port, int i)
{
	int err;

	rack->ports[i] = port;
	err = register_netdev(port->dev);
	if (err) {
		rack->ports[i] = NULL;
		ok_sweep_rack(rack);
	}
	return err;
}

/* Goes back over those that are registered. */
int ok_unwind(struct card *card)
{
	int i, err;

	for (i = 0; i < card->nports; i++) {
		err = register_netdev(card->port[i].dev);
		if (err)
			goto unwind;
	}
	return 0;
unwind:
	while (--i >= 0)
		unregister_netdev(card->port[i].dev);
	return err;
}

/* A port that cannot be registered is left out. */
static int tolerant_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *card = devm_kzalloc(&pdev->dev, sizeof(*card), GFP_KERNEL);
	int i, err;

	if (!card)
		return -ENOMEM;
	card->nports = PORTS;
	err = card_alloc(card);
	if (err)
		goto out;
	for (i = 0; i < card->nports; i++) {
		err = register_netdev(card->port[i].dev);
		if (!err)
			set_bit(i, &card->registered);
	}
	if (!card->registered) {
		err = -EINVAL;
		goto out;
	}
	pci_set_drvdata(pdev, card);
	return 0;
out:
	free_ports(card);
	return err;
}

static void bad_remove(struct pci_dev *pdev)
{
	struct card *card = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < card->nports; i++)
		unregister_netdev(card->port[i].dev); /* WARN: netdev-unregister-state: 'card->port[i].dev' is unregistered whether or not it could be registered */
	free_ports(card);
}

struct pci_driver bad_driver = { .probe = tolerant_probe, .remove = bad_remove };

static void ok_remove(struct pci_dev *pdev)
{
	struct card *card = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < card->nports; i++)
		if (test_bit(i, &card->registered))
			unregister_netdev(card->port[i].dev);
	free_ports(card);
}

struct pci_driver ok_driver = { .probe = tolerant_probe, .remove = ok_remove };

/* Only those that are up are counted. */
static void ok_counted_remove(struct pci_dev *pdev)
{
	struct card *card = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < card->up; i++)
		unregister_netdev(card->port[i].dev);
	free_ports(card);
}

static int counting_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *card = devm_kzalloc(&pdev->dev, sizeof(*card), GFP_KERNEL);
	int i, err;

	if (!card)
		return -ENOMEM;
	card->nports = PORTS;
	err = card_alloc(card);
	if (err) {
		free_ports(card);
		return err;
	}
	for (i = 0; i < card->nports; i++) {
		err = register_netdev(card->port[i].dev);
		if (err)
			break;
		card->up++;
	}
	pci_set_drvdata(pdev, card);
	return 0;
}

struct pci_driver counting_driver = { .probe = counting_probe, .remove = ok_counted_remove };

/* The first that fails ends it all. */
static int strict_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *card = devm_kzalloc(&pdev->dev, sizeof(*card), GFP_KERNEL);
	int i, err;

	if (!card)
		return -ENOMEM;
	err = card_alloc(card);
	if (err)
		return err;
	for (i = 0; i < PORTS; i++) {
		err = register_netdev(card->port[i].dev);
		if (err)
			break;
	}
	if (err)
		goto unwind;
	pci_set_drvdata(pdev, card);
	return 0;
unwind:
	while (--i >= 0)
		unregister_netdev(card->port[i].dev);
	free_ports(card);
	return err;
}

static void ok_strict_remove(struct pci_dev *pdev)
{
	struct card *card = pci_get_drvdata(pdev);
	int i;

	for (i = 0; i < card->nports; i++)
		unregister_netdev(card->port[i].dev);
	free_ports(card);
}

struct pci_driver strict_driver = { .probe = strict_probe, .remove = ok_strict_remove };
