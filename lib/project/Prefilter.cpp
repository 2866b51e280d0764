//===- Prefilter.cpp - Which files can matter -----------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Prefilter.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace netdev {

Prefilter::Prefilter(const Model &M) {
  for (const ApiFunction &F : M.functions()) {
    // These alone change no state that a rule looks at.
    if (F.Does == Role::Predicate || F.Does == Role::PrivAccessor ||
        F.Does == Role::PreRegisterSetter)
      continue;
    StringRef Name = F.Name;
    Words.insert(Name);
    // Sources use alloc_etherdev() for alloc_etherdev_mqs(): etherdevice.h,
    // netdevice.h and can/dev.h name their macros so.
    for (StringRef Suffix : {"_mqs", "_default", "_name_default"}) {
      StringRef Macro = Name;
      if (Macro.consume_back(Suffix)) {
        Words.insert(Macro);
        Words.insert((Macro + "_mq").str());
      }
    }
  }
  // Members and tables by which the core acts on a device: struct net_device
  // in netdevice.h, struct rtnl_link_ops in net/rtnetlink.h.
  for (StringRef Name : {"needs_free_netdev", "priv_destructor",
                         "net_device_ops", "rtnl_link_ops"})
    Words.insert(Name);
}

bool Prefilter::matters(StringRef File, StringSet<> &Seen) const {
  if (!Seen.insert(File).second)
    return false;
  auto Buffer = MemoryBuffer::getFile(File);
  if (!Buffer)
    return Seen.size() == 1;
  StringRef Text = (*Buffer)->getBuffer();
  const char *P = Text.begin(), *End = Text.end();
  std::vector<StringRef> Included;
  while (P != End) {
    if (isAlpha(*P) || *P == '_') {
      const char *First = P;
      while (P != End && (isAlnum(*P) || *P == '_'))
        ++P;
      StringRef Word(First, P - First);
      if (Words.contains(Word))
        return true;
      if (Word == "include") {
        StringRef Rest = StringRef(P, End - P).split('\n').first.trim();
        if (Rest.consume_front("\""))
          Included.push_back(Rest.split('"').first);
      }
    } else if (isDigit(*P)) {
      while (P != End && (isAlnum(*P) || *P == '_'))
        ++P;
    } else {
      ++P;
    }
  }
  for (StringRef Name : Included) {
    // Headers declare; only code that is included can act.
    if (!Name.ends_with(".c"))
      continue;
    SmallString<256> Path(sys::path::parent_path(File));
    sys::path::append(Path, Name);
    sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
    if (matters(Path, Seen))
      return true;
  }
  return false;
}

bool Prefilter::canMatter(StringRef File) const {
  StringSet<> Seen;
  return matters(File, Seen);
}

} // namespace netdev
