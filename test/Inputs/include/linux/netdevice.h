/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_NETDEVICE_H
#define _MOCK_LINUX_NETDEVICE_H

#include <linux/version.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/string.h>
#include <linux/bitops.h>
#include <linux/atomic.h>
#include <linux/refcount.h>
#include <linux/device.h>
#include <linux/skbuff.h>
#include <linux/percpu.h>
#include <linux/notifier.h>
#include <linux/cleanup.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include <linux/netlink.h>
#include <net/net_namespace.h>

#define IFNAMSIZ 16
#define MAX_ADDR_LEN 32
#define NET_NAME_UNKNOWN 0
#define NET_NAME_ENUM 1
#define NETDEV_ALIGN 32
#define IFF_UP (1 << 0)
#define IFF_NOARP (1 << 7)
#define NETIF_F_SG 1ULL
#define NETIF_F_HW_CSUM 8ULL

typedef enum netdev_tx { NETDEV_TX_OK = 0x00, NETDEV_TX_BUSY = 0x10 } netdev_tx_t;
enum netdev_state_t { __LINK_STATE_START, __LINK_STATE_PRESENT, __LINK_STATE_NOCARRIER };
enum netdev_reg_state {
	NETREG_UNINITIALIZED = 0,
	NETREG_REGISTERED,
	NETREG_UNREGISTERING,
	NETREG_UNREGISTERED,
	NETREG_RELEASED,
	NETREG_DUMMY,
};
enum netdev_stat_type {
	NETDEV_PCPU_STAT_NONE,
	NETDEV_PCPU_STAT_LSTATS,
	NETDEV_PCPU_STAT_TSTATS,
	NETDEV_PCPU_STAT_DSTATS,
};

struct net_device;
struct ethtool_ops;
struct header_ops { int (*create)(struct sk_buff *skb, struct net_device *dev, unsigned short type,
				  const void *daddr, const void *saddr, unsigned int len); };
struct rtnl_link_ops;
struct phy_device;
struct ifreq { char ifr_name[IFNAMSIZ]; };
struct rtnl_link_stats64 { u64 rx_packets, tx_packets; };
struct net_device_stats { unsigned long rx_packets, tx_packets, tx_errors; };
struct pcpu_sw_netstats { u64 rx_packets, tx_packets; };
typedef struct { } netdevice_tracker;
typedef struct { struct net *net; } possible_net_t;
struct netdev_queue { struct net_device *dev; unsigned long state; };

struct netdev_queue_mgmt_ops { size_t ndo_queue_mem_size; };

struct napi_struct {
	struct list_head poll_list;
	unsigned long state;
	int (*poll)(struct napi_struct *, int);
	struct net_device *dev;
};
struct gro_cells { void *cells; };

struct net_device_ops {
	int (*ndo_init)(struct net_device *dev);
	void (*ndo_uninit)(struct net_device *dev);
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb, struct net_device *dev);
	void (*ndo_set_rx_mode)(struct net_device *dev);
	int (*ndo_set_mac_address)(struct net_device *dev, void *addr);
	int (*ndo_validate_addr)(struct net_device *dev);
	int (*ndo_do_ioctl)(struct net_device *dev, struct ifreq *ifr, int cmd);
	int (*ndo_eth_ioctl)(struct net_device *dev, struct ifreq *ifr, int cmd);
	int (*ndo_siocdevprivate)(struct net_device *dev, struct ifreq *ifr,
				  void __user *data, int cmd);
	int (*ndo_change_mtu)(struct net_device *dev, int new_mtu);
	void (*ndo_tx_timeout)(struct net_device *dev, unsigned int txqueue);
	void (*ndo_get_stats64)(struct net_device *dev, struct rtnl_link_stats64 *storage);
	struct net_device_stats *(*ndo_get_stats)(struct net_device *dev);
	void (*ndo_poll_controller)(struct net_device *dev);
	int (*ndo_add_slave)(struct net_device *dev, struct net_device *slave_dev,
			     struct netlink_ext_ack *extack);
	int (*ndo_del_slave)(struct net_device *dev, struct net_device *slave_dev);
	int (*ndo_set_features)(struct net_device *dev, netdev_features_t features);
	int (*ndo_get_iflink)(const struct net_device *dev);
};

struct net_device {
	unsigned long priv_flags:32;
	unsigned long lltx:1;
	unsigned long netns_local:1;
	const struct net_device_ops *netdev_ops;
	const struct header_ops *header_ops;
	struct netdev_queue *_tx;
	unsigned int real_num_tx_queues;
	unsigned int mtu;
	unsigned short needed_headroom;
	union {
		struct pcpu_sw_netstats __percpu *tstats;
		void __percpu *lstats;
	};
	unsigned long state;
	unsigned int flags;
	unsigned short hard_header_len;
	enum netdev_stat_type pcpu_stat_type:8;
	netdev_features_t features;
	int ifindex;
	unsigned int real_num_rx_queues;
	possible_net_t nd_net;
	char name[IFNAMSIZ];
	unsigned long mem_end, mem_start, base_addr;
	struct list_head dev_list, napi_list, unreg_list, close_list;
	netdev_features_t hw_features, vlan_features, hw_enc_features;
	unsigned int min_mtu, max_mtu;
	unsigned short type;
	struct net_device_stats stats;
	const struct ethtool_ops *ethtool_ops;
	unsigned char addr_len;
	int irq;
	u32 priv_len;
	spinlock_t addr_list_lock;
	const unsigned char *dev_addr;
	unsigned char broadcast[MAX_ADDR_LEN];
	unsigned int num_rx_queues, num_tx_queues;
	unsigned int tx_queue_len;
	int watchdog_timeo;
	struct list_head todo_list;
	int __percpu *pcpu_refcnt;
	u8 reg_state;
	bool dismantle;
	bool needs_free_netdev;
	void (*priv_destructor)(struct net_device *dev);
	void *ml_priv;
	struct device dev;
	const struct attribute_group *sysfs_groups[4];
	const struct rtnl_link_ops *rtnl_link_ops;
	const struct netdev_queue_mgmt_ops *queue_mgmt_ops;
	struct phy_device *phydev;
	u8 priv[] __aligned(NETDEV_ALIGN);
};

static inline void *netdev_priv(const struct net_device *dev)
{
	return (void *)dev->priv;
}
#define SET_NETDEV_DEV(net, pdev) ((net)->dev.parent = (pdev))
#define SET_NETDEV_DEVTYPE(net, devtype) ((net)->dev.type = (devtype))
#define to_net_dev(d) container_of(d, struct net_device, dev)

struct net_device *alloc_netdev_mqs(int sizeof_priv, const char *name,
				    unsigned char name_assign_type,
				    void (*setup)(struct net_device *),
				    unsigned int txqs, unsigned int rxqs);
#define alloc_netdev(sizeof_priv, name, name_assign_type, setup) \
	alloc_netdev_mqs(sizeof_priv, name, name_assign_type, setup, 1, 1)
#define alloc_netdev_mq(sizeof_priv, name, name_assign_type, setup, count) \
	alloc_netdev_mqs(sizeof_priv, name, name_assign_type, setup, count, count)
struct net_device *alloc_netdev_dummy(int sizeof_priv);
void init_dummy_netdev(struct net_device *dev);
void free_netdev(struct net_device *dev);
int register_netdevice(struct net_device *dev);
int register_netdev(struct net_device *dev);
int devm_register_netdev(struct device *dev, struct net_device *ndev);
void unregister_netdevice_queue(struct net_device *dev, struct list_head *head);
void unregister_netdevice_many(struct list_head *head);
void unregister_netdev(struct net_device *dev);
static inline void unregister_netdevice(struct net_device *dev)
{
	unregister_netdevice_queue(dev, NULL);
}

void netdev_core_dev_hold(struct net_device *dev);
void netdev_core_dev_put(struct net_device *dev);
static inline void __dev_put(struct net_device *dev)
{
	if (dev)
		netdev_core_dev_put(dev);
}
static inline void __dev_hold(struct net_device *dev)
{
	if (dev)
		netdev_core_dev_hold(dev);
}
static inline void netdev_tracker_alloc(struct net_device *dev,
					netdevice_tracker *tracker, gfp_t gfp)
{
}
static inline void netdev_tracker_free(struct net_device *dev, netdevice_tracker *tracker)
{
}
static inline void netdev_hold(struct net_device *dev, netdevice_tracker *tracker, gfp_t gfp)
{
	__dev_hold(dev);
}
static inline void netdev_put(struct net_device *dev, netdevice_tracker *tracker)
{
	__dev_put(dev);
}
static inline void dev_hold(struct net_device *dev)
{
	netdev_hold(dev, NULL, GFP_ATOMIC);
}
static inline void dev_put(struct net_device *dev)
{
	netdev_put(dev, NULL);
}
DEFINE_FREE(dev_put, struct net_device *, if (_T) dev_put(_T))

struct net_device *dev_get_by_name(struct net *net, const char *name);
struct net_device *dev_get_by_index(struct net *net, int ifindex);
struct net_device *netdev_get_by_name(struct net *net, const char *name,
				      netdevice_tracker *tracker, gfp_t gfp);
struct net_device *netdev_get_by_index(struct net *net, int ifindex,
				       netdevice_tracker *tracker, gfp_t gfp);
struct net_device *dev_get_by_name_rcu(struct net *net, const char *name);
struct net_device *dev_get_by_index_rcu(struct net *net, int ifindex);
struct net_device *__dev_get_by_name(struct net *net, const char *name);
struct net_device *__dev_get_by_index(struct net *net, int ifindex);
struct net_device *netdev_master_upper_dev_get(struct net_device *dev);
#define for_each_netdev(net, d) list_for_each_entry(d, &(net)->dev_base_head, dev_list)
static inline struct net *dev_net(const struct net_device *dev)
{
	return dev->nd_net.net;
}
static inline void dev_net_set(struct net_device *dev, struct net *net)
{
	dev->nd_net.net = net;
}

enum netdev_cmd {
	NETDEV_UP = 1,
	NETDEV_DOWN,
	NETDEV_REBOOT,
	NETDEV_CHANGE,
	NETDEV_REGISTER,
	NETDEV_UNREGISTER,
	NETDEV_CHANGEMTU,
	NETDEV_CHANGEADDR,
	NETDEV_PRE_CHANGEADDR,
	NETDEV_GOING_DOWN,
	NETDEV_CHANGENAME,
};
struct netdev_notifier_info { struct net_device *dev; struct netlink_ext_ack *extack; };
struct netdev_net_notifier { struct list_head list; struct notifier_block *nb; };
static inline struct net_device *netdev_notifier_info_to_dev(const struct netdev_notifier_info *info)
{
	return info->dev;
}
int register_netdevice_notifier(struct notifier_block *nb);
int unregister_netdevice_notifier(struct notifier_block *nb);
int register_netdevice_notifier_net(struct net *net, struct notifier_block *nb);
int unregister_netdevice_notifier_net(struct net *net, struct notifier_block *nb);
int register_netdevice_notifier_dev_net(struct net_device *dev, struct notifier_block *nb,
					struct netdev_net_notifier *nn);
int unregister_netdevice_notifier_dev_net(struct net_device *dev, struct notifier_block *nb,
					  struct netdev_net_notifier *nn);
int call_netdevice_notifiers(unsigned long val, struct net_device *dev);
int netdev_upper_dev_link(struct net_device *dev, struct net_device *upper_dev,
			  struct netlink_ext_ack *extack);
void netdev_upper_dev_unlink(struct net_device *dev, struct net_device *upper_dev);
void netdev_notify_peers(struct net_device *dev);
void __netdev_notify_peers(struct net_device *dev);

void netif_napi_add_weight(struct net_device *dev, struct napi_struct *napi,
			   int (*poll)(struct napi_struct *, int), int weight);
static inline void netif_napi_add(struct net_device *dev, struct napi_struct *napi,
				  int (*poll)(struct napi_struct *, int))
{
	netif_napi_add_weight(dev, napi, poll, 64);
}
void __netif_napi_del(struct napi_struct *napi);
void synchronize_net(void);
static inline void netif_napi_del(struct napi_struct *napi)
{
	__netif_napi_del(napi);
	synchronize_net();
}
void napi_enable(struct napi_struct *n);
void napi_disable(struct napi_struct *n);
bool napi_complete_done(struct napi_struct *n, int work_done);
bool napi_schedule_prep(struct napi_struct *n);
void __napi_schedule(struct napi_struct *n);
static inline bool napi_schedule(struct napi_struct *n)
{
	if (napi_schedule_prep(n)) {
		__napi_schedule(n);
		return true;
	}
	return false;
}

void netif_carrier_on(struct net_device *dev);
void netif_carrier_off(struct net_device *dev);
void netif_start_queue(struct net_device *dev);
void netif_stop_queue(struct net_device *dev);
void netif_wake_queue(struct net_device *dev);
void netif_device_detach(struct net_device *dev);
void netif_device_attach(struct net_device *dev);
bool netif_running(const struct net_device *dev);
bool netif_device_present(const struct net_device *dev);
int netif_set_real_num_tx_queues(struct net_device *dev, unsigned int txq);
int netif_set_real_num_rx_queues(struct net_device *dev, unsigned int rxq);
int netif_rx(struct sk_buff *skb);
int dev_open(struct net_device *dev, struct netlink_ext_ack *extack);
int dev_set_allmulti(struct net_device *dev, int inc);
void dev_close(struct net_device *dev);
#ifdef MOCK_LINUX_6_15
void netif_close(struct net_device *dev);
void napi_enable_locked(struct napi_struct *n);
#endif
int dev_set_mtu(struct net_device *, int);
int dev_set_promiscuity(struct net_device *dev, int inc);
void dev_disable_lro(struct net_device *dev);
int dev_queue_xmit(struct sk_buff *skb);
void dev_addr_set(struct net_device *dev, const u8 *addr);
void netdev_update_features(struct net_device *dev);
void netdev_err(const struct net_device *dev, const char *format, ...) __printf(2, 3);
void netdev_warn(const struct net_device *dev, const char *format, ...) __printf(2, 3);
void netdev_info(const struct net_device *dev, const char *format, ...) __printf(2, 3);
#define netdev_dbg(dev, fmt, ...) netdev_info(dev, fmt, ##__VA_ARGS__)
const char *netdev_name(const struct net_device *dev);
#endif
