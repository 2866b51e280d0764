//===- CacheTest.cpp - Entries, their end, and what a parse read ----------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Cache.h"
#include "project/Inputs.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>

using namespace llvm;
using namespace netdev;

static int Failures = 0;

template <typename T>
static void expect(const T &Ok, int Line, const char *What) {
  if (!bool(Ok)) {
    errs() << "CacheTest.cpp:" << Line << ": failed: " << What << "\n";
    ++Failures;
  }
}
#define EXPECT(C) expect((C), __LINE__, #C)

static void write(const Twine &Path, StringRef Text) {
  std::error_code EC;
  raw_fd_ostream OS(Path.str(), EC);
  OS << Text;
}

/// Makes \p Path as old as if it was last used \p Hours ago.
static void age(StringRef Path, int Hours) {
  int FD;
  if (sys::fs::openFileForReadWrite(Path, FD, sys::fs::CD_OpenExisting,
                                    sys::fs::OF_None))
    return;
  (void)sys::fs::setLastAccessAndModificationTime(
      FD, std::chrono::system_clock::now() - std::chrono::hours(Hours));
  (void)sys::Process::SafelyCloseFileDescriptor(FD);
}

static void testEntries(StringRef Folder) {
  Cache C(Folder);
  Digest Key = Digest::of("key");
  EXPECT(!C.get("facts", Key));
  std::string Text(100000, 'x');
  C.put("facts", Key, Text);
  EXPECT(C.get("facts", Key) == Text);
  EXPECT(!C.get("findings", Key));
  C.put("facts", Key, "");
  EXPECT(C.get("facts", Key) == "");
  C.put("facts", Key, Text);

  // Any bit that changes, and any length that lacks, makes it no entry.
  std::string Path = C.path("facts", Key);
  auto Whole = MemoryBuffer::getFile(Path);
  EXPECT(bool(Whole));
  std::string Stored = (*Whole)->getBuffer().str();
  for (size_t I = 0; I < Stored.size(); ++I) {
    std::string Wrong = Stored;
    Wrong[I] ^= 1;
    write(Path, Wrong);
    EXPECT(!C.get("facts", Key));
    write(Path, StringRef(Stored).take_front(I));
    EXPECT(!C.get("facts", Key));
  }
}

static void testTrim(StringRef Folder) {
  auto Fill = [&](uint64_t Limit) {
    Cache C(Folder, Limit);
    for (int I = 0; I != 20; ++I) {
      Digest Key = Digest::of(std::to_string(I));
      C.put("facts", Key, std::to_string(I));
      age(C.path("facts", Key), 100 - I);
    }
    return C;
  };
  write(Folder + "/alien", "is not ours to remove");
  uint64_t One = 0;
  Cache All = Fill(1 << 20);
  sys::fs::file_size(All.path("facts", Digest::of("0")), One);
  All.trim(/*Now=*/true);
  for (int I = 0; I != 20; ++I)
    EXPECT(All.get("facts", Digest::of(std::to_string(I))));

  Cache Half = Fill(One * 10);
  EXPECT(Half.get("facts", Digest::of("0"))); // now the youngest
  Half.trim();                                // somebody just looked
  EXPECT(Half.get("facts", Digest::of("1")));
  age(Half.path("facts", Digest::of("1")), 99);
  Half.trim(/*Now=*/true);
  unsigned Left = 0;
  for (int I = 0; I != 20; ++I)
    Left += bool(Half.get("facts", Digest::of(std::to_string(I))));
  EXPECT(Left >= 8 && Left <= 10);
  EXPECT(Half.get("facts", Digest::of("0")));
  EXPECT(!Half.get("facts", Digest::of("1")));
  EXPECT(Half.get("facts", Digest::of("19")));
  EXPECT(sys::fs::exists(Folder + "/alien"));
}

static void testInputs(StringRef Folder) {
  write(Folder + "/read", "one");
  write(Folder + "/seen", "one");
  Inputs In;
  auto FS = recordInputs(vfs::getRealFileSystem(), In);
  std::string Root = Folder.str();
  (void)FS->getBufferForFile(Root + "/./read");
  (void)FS->status(Root + "/seen");
  (void)FS->status(Root + "/none");
  (void)FS->status(Root);
  EXPECT(In.names(Root) == "?none\n=read\n?seen\n");
  EXPECT(In.content(Root + "/read") == Digest::of("one"));
  EXPECT(!In.content(Root + "/seen"));
  auto Same = [&] {
    FileDigests Now;
    return Inputs::answersNow(In.names(Root), Root, Now) == In.answers();
  };
  EXPECT(Same());
  write(Folder + "/seen", "two");
  EXPECT(Same());
  write(Folder + "/read", "two");
  EXPECT(!Same());
  write(Folder + "/read", "one");
  EXPECT(Same());
  write(Folder + "/none", "");
  EXPECT(!Same());
  (void)sys::fs::remove(Folder + "/none");
  (void)sys::fs::remove(Folder + "/seen");
  EXPECT(!Same());
}

int main() {
  SmallString<128> Folder;
  if (sys::fs::createUniqueDirectory("netdev-cache", Folder))
    return 1;
  testEntries((Folder + "/entries").str());
  (void)sys::fs::create_directory(Folder + "/trim");
  testTrim((Folder + "/trim").str());
  (void)sys::fs::create_directory(Folder + "/inputs");
  testInputs((Folder + "/inputs").str());
  (void)sys::fs::remove_directories(Folder);
  return Failures != 0;
}
