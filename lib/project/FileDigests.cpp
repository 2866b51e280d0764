//===- FileDigests.cpp - What is in a file, in 16 bytes -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/FileDigests.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace netdev {

Digest Digest::of(StringRef Bytes) {
  XXH128_hash_t H = xxh3_128bits(arrayRefFromStringRef(Bytes));
  return {H.low64, H.high64};
}

std::string Digest::hex() const {
  std::string Text = utohexstr(High, /*LowerCase=*/true, /*Width=*/16);
  return Text + utohexstr(Low, /*LowerCase=*/true, /*Width=*/16);
}

static Digest read(StringRef Path) {
  sys::fs::file_status Status;
  if (sys::fs::status(Path, Status))
    return FileDigests::absent();
  if (Status.type() != sys::fs::file_type::regular_file)
    return FileDigests::folder();
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  return Buffer ? Digest::of((*Buffer)->getBuffer()) : FileDigests::folder();
}

Digest FileDigests::of(StringRef Path) {
  auto [It, New] = Known.try_emplace(Path);
  if (New)
    It->second = read(Path);
  return It->second;
}

} // namespace netdev
