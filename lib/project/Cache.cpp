//===- Cache.cpp - What earlier runs found out ----------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Cache.h"
#include "report/WriteFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <vector>

using namespace llvm;

namespace netdev {

namespace {
/// Before the bytes of an entry.
struct Header {
  char Magic[8] = {'n', 'd', 'l', 'c', 'a', 'c', 'h', '1'};
  Digest Sum;              ///< of all that follows
  uint64_t Size = 0;       ///< of the bytes as they were put
  uint64_t Compressed = 0; ///< 0: as they were put; 1: zlib; 2: zstd
};
constexpr size_t Summed = offsetof(Header, Size);
} // namespace

/// Kinds have folders of their own; only these are ever removed from.
static const char *const Kinds[] = {"inputs", "facts", "findings", "names",
                                    "prefix"};

Cache::Cache(StringRef Folder, uint64_t Limit)
    : Folder(Folder.rtrim('/')), Limit(Limit) {}

std::string Cache::defaultFolder() {
  if (auto Named = sys::Process::GetEnv("NETDEV_LINT_CACHE");
      Named && !Named->empty())
    return *Named;
  SmallString<128> Home;
  if (!sys::path::home_directory(Home))
    return "";
  sys::path::append(Home, ".cache", "netdev-lint");
  return std::string(Home);
}

std::string Cache::path(StringRef Kind, Digest Key) const {
  std::string Name = Key.hex();
  return (Folder + "/" + Kind + "/" + Name.substr(0, 2) + "/" + Name.substr(2))
      .str();
}

/// The time of an entry is that of its last use, to the hour.
void touchEntry(StringRef Path) {
  sys::fs::file_status Status;
  auto Now = std::chrono::system_clock::now();
  if (sys::fs::status(Path, Status) ||
      Status.getLastModificationTime() + std::chrono::hours(1) > Now)
    return;
  int FD;
  if (sys::fs::openFileForReadWrite(Path, FD, sys::fs::CD_OpenExisting,
                                    sys::fs::OF_None))
    return;
  (void)sys::fs::setLastAccessAndModificationTime(FD, Now);
  (void)sys::Process::SafelyCloseFileDescriptor(FD);
}

static std::optional<std::string> unpack(StringRef Stored) {
  Header H;
  if (Stored.size() < sizeof(H))
    return std::nullopt;
  Header Wanted;
  std::memcpy(&H, Stored.data(), sizeof(H));
  StringRef Bytes = Stored.drop_front(sizeof(H));
  if (std::memcmp(H.Magic, Wanted.Magic, sizeof(H.Magic)) != 0 ||
      Digest::of(Stored.drop_front(Summed)) != H.Sum)
    return std::nullopt;
  if (!H.Compressed)
    return Bytes.str();
  // The sum is right, so the size is one that we wrote.
  std::string Out(H.Size, '\0');
  size_t Size = H.Size;
  auto *To = reinterpret_cast<uint8_t *>(Out.data());
  Error Wrong = Error::success();
  if (H.Compressed == 2 && compression::zstd::isAvailable())
    Wrong =
        compression::zstd::decompress(arrayRefFromStringRef(Bytes), To, Size);
  else if (H.Compressed == 1 && compression::zlib::isAvailable())
    Wrong =
        compression::zlib::decompress(arrayRefFromStringRef(Bytes), To, Size);
  else
    return std::nullopt;
  if (Wrong) {
    consumeError(std::move(Wrong));
    return std::nullopt;
  }
  Out.resize(Size);
  return Out;
}

std::optional<std::string> Cache::get(StringRef Kind, Digest Key) const {
  std::string Path = path(Kind, Key);
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return std::nullopt;
  std::optional<std::string> Bytes = unpack((*Buffer)->getBuffer());
  if (Bytes)
    touchEntry(Path);
  return Bytes;
}

void Cache::put(StringRef Kind, Digest Key, StringRef Bytes) const {
  Header H;
  H.Size = Bytes.size();
  SmallVector<uint8_t, 0> Packed;
  if (compression::zstd::isAvailable()) {
    compression::zstd::compress(arrayRefFromStringRef(Bytes), Packed, 1);
    H.Compressed = 2;
  } else if (compression::zlib::isAvailable()) {
    compression::zlib::compress(arrayRefFromStringRef(Bytes), Packed,
                                compression::zlib::BestSpeedCompression);
    H.Compressed = 1;
  }
  if (H.Compressed)
    Bytes = toStringRef(Packed);
  std::string Stored(reinterpret_cast<const char *>(&H), sizeof(H));
  Stored += Bytes;
  H.Sum = Digest::of(StringRef(Stored).drop_front(Summed));
  Stored.replace(0, sizeof(H), reinterpret_cast<const char *>(&H), sizeof(H));

  std::string Path = path(Kind, Key);
  if (sys::fs::create_directories(sys::path::parent_path(Path)))
    return;
  // Others see the whole entry or none.
  consumeError(writeFile(Path, Stored));
}

void Cache::trim(bool Now) const {
  using namespace std::chrono;
  std::string Stamp = Folder + "/trimmed";
  sys::fs::file_status Status;
  if (!Now && !sys::fs::status(Stamp, Status) &&
      Status.getLastModificationTime() + minutes(10) > system_clock::now())
    return;

  struct Entry {
    sys::TimePoint<> Used;
    uint64_t Size;
    std::string Path;
  };
  std::vector<Entry> Entries;
  uint64_t Sum = 0;
  for (const char *Kind : Kinds) {
    std::error_code EC;
    for (sys::fs::recursive_directory_iterator
             I(Folder + "/" + Kind, EC, /*follow_symlinks=*/false),
         End;
         !EC && I != End; I.increment(EC)) {
      auto S = I->status();
      if (!S || S->type() != sys::fs::file_type::regular_file)
        continue;
      Entries.push_back(
          {S->getLastModificationTime(), S->getSize(), I->path()});
      Sum += S->getSize();
    }
  }
  if (Sum > Limit) {
    llvm::sort(Entries, [](const Entry &A, const Entry &B) {
      return std::tie(A.Used, A.Path) < std::tie(B.Used, B.Path);
    });
    for (const Entry &E : Entries) {
      if (Sum <= Limit / 10 * 9)
        break;
      if (!sys::fs::remove(E.Path))
        Sum -= E.Size;
    }
  }
  std::error_code EC;
  raw_fd_ostream(Stamp, EC) << "";
}

} // namespace netdev
