#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# A test of NIPA (tests/patch/netdev_lint): findings of netdev-lint that the
# patch at HEAD adds, in the files it changes. Runs in the tree; says one line on
# $DESC_FD. Exit: 0 nothing new, 1 new findings, 250 (a warning) when a file
# could not be analysed.

build=${NETDEV_LINT_BUILD:-build_netdev_lint}
ncpu=$(nproc)
before=$(mktemp) || exit 250
after=$(mktemp) || exit 250
trap 'rm -f "$before" "$after"' EXIT

say() {
    echo "$*"
    echo "$*" >&"${DESC_FD:-1}"
}

HEAD=$(git rev-parse HEAD)
branch=$(git symbolic-ref -q --short HEAD || echo "$HEAD")
mapfile -d '' files < <(git diff -z --name-only --diff-filter=d HEAD~ -- '*.c')
if [ ${#files[@]} -eq 0 ]; then
    say "No C file is changed"
    exit 0
fi

# The flags of the files: kbuild leaves them beside the objects.
if [ ! -f "$build/compile_commands.json" ]; then
    [ -f "$build/.config" ] || make LLVM=1 O="$build" allmodconfig
    for f in "${files[@]}"; do
        make LLVM=1 O="$build" -j"$ncpu" "${f%.c}.o" || echo "$f: not built"
    done
fi

echo "Before the patch"
git checkout -q HEAD~
old=()
for f in "${files[@]}"; do [ ! -f "$f" ] || old+=("$f"); done
if [ ${#old[@]} -ne 0 ]; then
    netdev-lint -p "$build" --skip-unknown --write-baseline="$before" --format=kernel "${old[@]}"
else
    echo '{"version": 1, "tool": "netdev-lint", "baseline": []}' >"$before"
fi

echo "With the patch"
git checkout -q "$branch"
netdev-lint -p "$build" --skip-unknown --baseline="$before" --format=kernel \
    "${files[@]}" >"$after"
failed=$?
cat "$after" >&2

new=$(grep -c ' warning: ' "$after")
say "New findings of netdev-lint: $new, in ${#files[@]} changed files"
[ "$new" -eq 0 ] || exit 1
[ "$failed" -eq 0 ] || exit 250
