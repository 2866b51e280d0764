# Sourced: tree DIR FLAGS... makes a git repository that looks like a kernel tree
# with a compile database: drivers/net/dummy.c (clean at origin/main, faulty in
# the work tree), drivers/net/veth.c (faulty before), drivers/net/clean.c.
GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org
GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
export GIT_CONFIG_NOSYSTEM GIT_CONFIG_GLOBAL GIT_AUTHOR_NAME \
    GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

# driver NAME FAULT: a small driver; FAULT is a statement after the free.
driver() {
    cat <<C
#include <linux/etherdevice.h>

int $1_probe(void)
{
	struct net_device *dev = alloc_etherdev(0);

	if (!dev)
		return -ENOMEM;
	free_netdev(dev);
	$2
	return 0;
}
C
}

tree() {
    dir=$1
    shift
    rm -rf "$dir"
    mkdir -p "$dir/drivers/net"
    (
        cd "$dir" || exit
        printf 'obj-y += drivers/\n' >Kbuild
        mkdir scripts
        touch MAINTAINERS scripts/Kbuild.include
        driver dummy '' >drivers/net/dummy.c
        driver veth 'free_netdev(dev);' >drivers/net/veth.c
        driver clean '' >drivers/net/clean.c
        flags=
        for f in "$@"; do flags="$flags, \"$f\""; done
        {
            for f in dummy veth clean; do
                echo "{\"directory\": \"$dir\", \"file\": \"drivers/net/$f.c\", \"arguments\":"
                echo "[\"clang\"$flags, \"-c\", \"-o\", \"$f.o\", \"drivers/net/$f.c\"]},"
            done
        } | sed '1s/^/[/; $s/,$/]/' >compile_commands.json
        git init -q -b main .
        git add drivers scripts MAINTAINERS Kbuild
        git commit -q -m base
        git update-ref refs/remotes/origin/main HEAD
        driver dummy 'free_netdev(dev);' >drivers/net/dummy.c
    )
}
