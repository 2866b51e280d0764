//===- Prefix.cpp - The kernel's common headers, read once ----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Prefix.h"
#include "SourceDigests.inc"
#include "project/Arguments.h"
#include "project/KernelTree.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace netdev {

/// Macros of the command line that all units of a kind share; what else is
/// defined there belongs to one driver. The second line is sparse's.
static const char *const Shared[] = {
    "__KERNEL__", "MODULE", "DEBUG",    "RANDSTRUCT", "CC_USING_FENTRY",
    "__linux__",  "linux",  "__STDC__", "unix",       "__unix__",
    "__CHECKER__"};

bool isSharedMacro(StringRef Name) { return is_contained(Shared, Name); }

ArrayRef<StringLiteral> unitNameMacros() {
  static constexpr StringLiteral Names[] = {"KBUILD_MODNAME", "KBUILD_BASENAME",
                                            "__KBUILD_MODNAME",
                                            "KBUILD_MODFILE"};
  return Names;
}

/// True if \p Dir is where the kernel itself keeps its headers.
static bool isKernelFolder(StringRef Dir, StringRef Root) {
  if (Dir.consume_front(Root))
    Dir = Dir.ltrim('/');
  Dir.consume_front("./");
  return Dir == "include" || Dir.starts_with("include/") ||
         Dir.starts_with("arch/");
}

std::vector<std::string> prefixArguments(ArrayRef<std::string> Arguments,
                                         StringRef Root) {
  std::vector<std::string> Out;
  size_t Shown = 0; // the length of Out after the last -I of the kernel's own
  std::vector<size_t> Own; // places in Out of the driver's -I after that
  for (size_t I = 0; I + 1 < Arguments.size(); ++I) {
    StringRef A = Arguments[I], Value;
    StringRef Flag =
        A.starts_with("-include") ? StringRef("-include") : A.take_front(2);
    bool Takes = Flag == "-D" || Flag == "-U" || Flag == "-I" ||
                 (Flag == "-include" && A == Flag);
    if (!Takes) {
      if (A.starts_with("-include") || A.starts_with("-imacros"))
        return {}; // -include-pch and the like: not ours to add to
      Out.push_back(A.str());
      continue;
    }
    Value = A == Flag && I + 2 < Arguments.size() ? StringRef(Arguments[++I])
                                                  : A.drop_front(Flag.size());
    if (Flag == "-I") {
      if (isKernelFolder(Value, Root)) {
        Shown = Out.size() + 1;
        Own.clear();
      } else {
        Own.push_back(Out.size());
      }
      Out.push_back(("-I" + Value).str());
    } else if (Flag == "-include") {
      // A driver's header would take the driver's code into the prefix.
      if (!isKernelFolder(Value, Root))
        return {};
      Out.push_back("-include");
      Out.push_back(Value.str());
    } else if (isSharedMacro(Value.split('=').first)) {
      Out.push_back((Flag + Value).str());
    }
  }
  if (!Shown)
    return {};
  for (size_t At : reverse(Own))
    Out.erase(Out.begin() + At);
  return Out;
}

/// The flags of the prefix of \p C, with which it is known.
static std::string flagsOf(const CompileCommand &C, StringRef Root) {
  std::vector<std::string> A =
      prefixArguments(parserArguments(C.Arguments.get(), C.File), Root);
  return A.empty() ? ""
                   : C.Directory + '\0' + Root.str() + '\0' + join(A, "\n");
}

const Prefix *Prefixes::get(const CompileCommand &C, StringRef Root) const {
  if (Known.empty())
    return nullptr;
  auto It = Known.find(flagsOf(C, Root));
  return It == Known.end() ? nullptr : It->second.get();
}

static Digest keyOf(StringRef Flags) {
  return Digest::of((clang::getClangFullVersion() + '\0' +
                     NETDEV_LOWERING_DIGEST + '\0' + Flags)
                        .str());
}

void Prefixes::prepare(ArrayRef<const CompileCommand *> Commands,
                       StringRef Root) {
  if (!sys::fs::exists(Root + "/include/linux/netdevice.h") ||
      kernelName(Root).empty())
    return;
  std::map<std::string, std::vector<const CompileCommand *>> Groups;
  for (const CompileCommand *C : Commands)
    if (std::string Flags = flagsOf(*C, Root); !Flags.empty())
      Groups[std::move(Flags)].push_back(C);
  for (const auto &[Flags, Group] : Groups) {
    if (Known.count(Flags))
      continue;
    Digest Key = keyOf(Flags);
    bool Wanted = false;
    std::unique_ptr<Prefix> P = load(Key, Wanted);
    // Making one costs about what five units gain.
    if (!P && (Wanted || Group.size() > 5))
      P = make(*Group.front(), Root, Key);
    Known[Flags] = std::move(P);
  }
}

} // namespace netdev
