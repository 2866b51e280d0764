# shellcheck shell=sh
# shellcheck disable=SC2034 # variables for the script that sources this
# What tools/quickstart and tools/run-tests share: saying, installing, choosing
# an LLVM, building a preset, getting a kernel. Sourced; the caller has set -eu
# and defines NAME (of the script) and TOP (of the checkout).

CACHE=${NETDEV_LINT_CACHE:-${HOME:-/root}/.cache/netdev-lint}

say() { printf '%s: %s\n' "$NAME" "$*"; }
warn() { printf '%s: %s\n' "$NAME" "$*" >&2; }
die() {
    warn "$*"
    exit 2
}

have() { command -v "$1" >/dev/null 2>&1; }

# --- how much at a time -----------------------------------------------------

# first_number FILE...: the number on the first line of the first file there is,
# if it is one; 'max' and unreadable files give nothing.
first_number() {
    for f in "$@"; do
        [ -r "$f" ] || continue
        sed -n '1s/^\([0-9][0-9]*\)\( .*\)\{0,1\}$/\1/p' "$f" 2>/dev/null
        return
    done
}

# at_a_time: as many compilers as there are cores (a container's share of them
# counts, not the host's) and memory for, at 1.5 GiB each.
at_a_time() {
    n=$(nproc) # in coreutils, so it is there on any system we support
    group=/sys/fs/cgroup
    quota=$(first_number $group/cpu.max $group/cpu/cpu.cfs_quota_us)
    period=$(sed -n '1s/^[0-9]* //p' $group/cpu.max 2>/dev/null ||
        first_number $group/cpu/cpu.cfs_period_us)
    [ -n "$period" ] || period=100000
    if [ -n "$quota" ] && [ "$quota" -lt $((n * period)) ]; then
        n=$(((quota + period - 1) / period))
    fi
    memory=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || true)
    limit=$(first_number $group/memory.max $group/memory/memory.limit_in_bytes)
    # Without a limit, the first kind of cgroup says one of 19 digits.
    if [ -n "$limit" ] && [ ${#limit} -lt 16 ]; then
        limit=$((limit / 1024))
        [ -n "$memory" ] && [ "$memory" -lt "$limit" ] || memory=$limit
    fi
    if [ -n "$memory" ] && [ $((memory / 1572864)) -lt "$n" ]; then
        n=$((memory / 1572864))
    fi
    [ "$n" -ge 1 ] || n=1
    echo "$n"
}

JOBS=${NETDEV_LINT_JOBS:-$(at_a_time)}

# --- packages ---------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        die "needs root for '$*': run it as root, or install sudo"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get \
        -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 "$@"
}

# installed PACKAGE: true if it is fully there.
installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# offered PACKAGE: true if apt knows where to get it.
offered() {
    apt-cache policy "$1" 2>/dev/null |
        grep -q '^  Candidate: [^(]'
}

APT_UPDATED=
# update_lists: fetch the package lists, once a run.
update_lists() {
    [ -z "$APT_UPDATED" ] || return 0
    APT_UPDATED=1
    say "apt-get update"
    apt_get -qq update ||
        warn "apt-get update failed, going on with the lists there are"
}

# need PACKAGE...: installs those that are not there. False if that fails.
need() {
    missing=
    for p in "$@"; do
        installed "$p" || missing="$missing $p"
    done
    [ -n "$missing" ] || return 0
    have apt-get || die "no apt-get here; install what these are called elsewhere:$missing"
    # Lists that are out of date name files that are gone.
    update_lists
    say "installing$missing"
    # shellcheck disable=SC2086 # a list of words
    quiet_install $missing
}

# quiet_install PACKAGE...: what apt-get said is shown only when it fails.
quiet_install() {
    said=$(apt_get -qq install --no-install-recommends -y "$@" 2>&1) && return 0
    printf '%s\n' "$said" | tail -n 15 >&2
    return 1
}

# --- LLVM -------------------------------------------------------------------

# llvm_installed N: true if everything a build with LLVM N needs is there.
llvm_installed() {
    [ -f "/usr/lib/llvm-$1/lib/cmake/llvm/LLVMConfig.cmake" ] &&
        [ -f "/usr/lib/llvm-$1/lib/cmake/clang/ClangConfig.cmake" ] &&
        [ -f "/usr/lib/llvm-$1/lib/libclangTidy.a" ]
}

# newest_llvm: sets LLVM to the newest of 22 to 19 that is there or offered.
newest_llvm() {
    # A fresh system may know the packages of its first release only: ask anew,
    # unless there is an LLVM already.
    if ! llvm_installed 22 && ! llvm_installed 21 && ! llvm_installed 20 &&
        ! llvm_installed 19 && have apt-get; then
        update_lists
    fi
    for LLVM in 22 21 20 19; do
        llvm_installed "$LLVM" && return 0
        offered "libclang-$LLVM-dev" && return 0
    done
    die "this system offers no LLVM of version 22 to 19 (libclang-N-dev)"
}

# need_llvm N: what a build and a kernel's configuration with LLVM N take.
need_llvm() {
    need "llvm-$1-dev" "libclang-$1-dev" "clang-$1" "lld-$1" "clang-tidy-$1"
}

# need_build: compiler, build tools and libraries, without LLVM.
need_build() {
    need g++ cmake ninja-build ccache nlohmann-json3-dev \
        libmimalloc-dev zlib1g-dev libzstd-dev libxml2-dev ca-certificates \
        python3
}

# build_dir PRESET: its folder, as CMakePresets.json has it.
build_dir() {
    if [ "$1" = release ]; then echo build; else echo "build-$1"; fi
}

# heartbeat LOG: says once a minute how far a build is, so that whoever waits,
# be it a CI that stops what is silent, knows that it goes on.
heartbeat() {
    while sleep 60 >/dev/null 2>&1; do
        say "$(tail -n 1 "$1" | cut -c 1-100)"
    done
}

# build PRESET N [TARGET...]: configures and builds a preset, or only some
# targets of it, with LLVM N. What the tools say goes to build.log in its folder, and to the terminal when they fail.
build() {
    preset=$1
    log=$TOP/$(build_dir "$1")/build.log
    mkdir -p "${log%/*}"
    prefix=/usr/lib/llvm-$2/lib/cmake
    say "building with LLVM $2 into $(build_dir "$1")/ (preset $1, $JOBS at a time)"
    shift 2
    : >"$log"
    heartbeat "$log" &
    beat=$!
    status=0
    (
        cd "$TOP" &&
            cmake --preset "$preset" -DLLVM_DIR="$prefix/llvm" -DClang_DIR="$prefix/clang" &&
            cmake --build --preset "$preset" -j "$JOBS" ${1:+--target "$@"}
    ) >"$log" 2>&1 || status=$?
    kill "$beat" 2>/dev/null || true
    wait "$beat" 2>/dev/null || true
    [ "$status" -ne 0 ] || return 0
    warn "the build failed; the end of $(build_dir "$preset")/build.log:"
    tail -n 30 "$log" >&2
    return 1
}

# --- kernel -----------------------------------------------------------------

# need_kernel_tools: what 'make allmodconfig prepare' of a kernel takes.
need_kernel_tools() {
    need make gcc libc6-dev flex bison bc perl libelf-dev libssl-dev \
        xz-utils bzip2 python3
}

# debian_source VERSION: true if this system has or offers linux-source-VERSION
# in the form kernel-corpus/prepare --debian reads.
debian_source() {
    [ -f "/usr/src/linux-source-$1.tar.xz" ] && return 0
    # Ubuntu's package has the same name but another form.
    grep -q '^ID=debian' /etc/os-release 2>/dev/null && offered "linux-source-$1"
}

# unit_path TREE FILE: the name TREE's compile database has for FILE (a path in
# the kernel), or nothing.
unit_path() {
    [ -f "$1/compile_commands.json" ] || return 0
    sed -n "s|^ *\"file\": \"\(.*/$2\)\".*|\1|p" "$1/compile_commands.json" | head -n 1
}

# folders_for TREE FILE...: the folders TREE must list to have the files and
# all it had before, joined by commas.
folders_for() {
    folders=
    [ ! -f "$1/.netdev-lint-prepared" ] ||
        folders=$(sed -n 's/.*"subdirs": "\([^"]*\)".*/\1/p' "$1/.netdev-lint-prepared")
    tree=$1
    shift
    for f in "$@"; do
        [ -z "$(unit_path "$tree" "$f")" ] || continue
        case ,$folders, in
        *,"$(dirname "$f")",*) ;;
        ,,) folders=$(dirname "$f") ;;
        *) folders=$folders,$(dirname "$f") ;;
        esac
    done
    echo "$folders"
}

# has_units TREE FILE...: true if TREE is prepared for all the files.
has_units() {
    tree=$1
    shift
    for f in "$@"; do
        [ -n "$(unit_path "$tree" "$f")" ] || return 1
    done
}

# distribution_source: sets SOURCE to an unpacked, clean tree of the
# distribution's own linux-source package. False if there is none.
distribution_source() {
    offered linux-source || update_lists
    offered linux-source || return 1
    need linux-source || return 1
    # /usr/src/linux-source-V.tar.xz, or on Ubuntu one folder further down.
    tar=$(find /usr/src -maxdepth 2 -name 'linux-source-*.tar.*' | sort -V | tail -n 1)
    [ -n "$tar" ] || return 1
    version=${tar##*/linux-source-}
    SOURCE=$CACHE/linux-source-${version%.tar.*}
    [ ! -f "$SOURCE/.unpacked" ] || return 0
    say "unpacking ${tar##*/}"
    mkdir -p "$SOURCE"
    tar -xf "$tar" -C "$SOURCE" --strip-components=1 || return 1
    touch "$SOURCE/.unpacked"
}

# kernel_for FILE...: sets TREE to a prepared tree of a packaged kernel that
# has the files. False if none can be had.
kernel_for() {
    TREE=$CACHE/linux-6.12
    has_units "$TREE" "$@" && return 0
    need_kernel_tools || return 1
    if debian_source 6.12; then
        [ -f /usr/src/linux-source-6.12.tar.xz ] || need linux-source-6.12 || return 1
        "$TOP/kernel-corpus/prepare" --debian 6.12 --out "$TREE" -j "$JOBS" \
            --subdirs "$(folders_for "$TREE" "$@")"
        return
    fi
    distribution_source || return 1
    TREE=$CACHE/build-${SOURCE##*/}
    has_units "$TREE" "$@" && return 0
    "$TOP/kernel-corpus/prepare" --source "$SOURCE" --out "$TREE" -j "$JOBS" \
        --subdirs "$(folders_for "$TREE" "$@")"
}

# kernel_in DIR FILE...: sets TREE to DIR if it is a prepared build directory,
# else to a tree prepared from the kernel source DIR.
kernel_in() {
    dir=$1
    shift
    if [ -f "$dir/compile_commands.json" ]; then
        TREE=$dir
        return 0
    fi
    need_kernel_tools || return 1
    TREE=$CACHE/kernel-$(printf %s "$dir" | cksum | cut -d ' ' -f 1)
    has_units "$TREE" "$@" && return 0
    "$TOP/kernel-corpus/prepare" --source "$dir" --out "$TREE" -j "$JOBS" \
        --subdirs "$(folders_for "$TREE" "$@")"
}
