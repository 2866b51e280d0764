/* What another file of the driver does. */
struct net_device;
int o03_link(struct net_device *dev);
