//===- KernelTree.cpp - What a kernel tree says of itself -----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/KernelTree.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace netdev {

std::string kernelName(StringRef Root) {
  auto Buffer = MemoryBuffer::getFile(Root + "/Makefile");
  if (!Buffer)
    return "";
  StringRef Text = (*Buffer)->getBuffer().take_front(1000);
  auto Value = [&](StringRef Name) -> StringRef {
    StringRef Rest = Text;
    while (!Rest.empty()) {
      auto [Line, After] = Rest.split('\n');
      Rest = After;
      if (Line.consume_front(Name) && Line.ltrim().starts_with("="))
        return Line.ltrim().drop_front().trim();
    }
    return "";
  };
  StringRef Major = Value("VERSION"), Minor = Value("PATCHLEVEL");
  if (Major.empty() || Minor.empty())
    return "";
  StringRef Sub = Value("SUBLEVEL");
  return ("linux " + Major + "." + Minor + (Sub.empty() ? "" : ".") + Sub +
          Value("EXTRAVERSION"))
      .str();
}

unsigned kernelVersion(StringRef BuildDir) {
  auto Buffer = MemoryBuffer::getFile(
      BuildDir + "/include/generated/uapi/linux/version.h");
  if (!Buffer)
    return 0;
  StringRef Text = (*Buffer)->getBuffer();
  size_t At = Text.find("LINUX_VERSION_CODE ");
  unsigned Code = 0;
  if (At != StringRef::npos) {
    Text = Text.drop_front(At + 19);
    Text.consumeInteger(10, Code);
  }
  return Code;
}

} // namespace netdev
