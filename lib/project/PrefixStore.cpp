//===- PrefixStore.cpp - Prefixes in the cache ----------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Arguments.h"
#include "project/Prefix.h"
#include "project/Workers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <cstring>

using namespace llvm;

namespace netdev {

// An entry is a line with the digest of the precompiled header ("failed" if
// the headers have an error, nothing if it was only wanted) and its file's
// digest, then, each after its length: inputs, headers, identifiers.

static std::string section(StringRef Text) {
  return (Twine(Text.size()) + "\n" + Text).str();
}

/// Takes a section from the front of \p Text; false if there is none.
static bool takeSection(StringRef &Text, StringRef &Out) {
  size_t Size = 0;
  if (Text.consumeInteger(10, Size) || !Text.consume_front("\n") ||
      Size > Text.size())
    return false;
  Out = Text.take_front(Size);
  Text = Text.drop_front(Size);
  return true;
}

/// `path`, then the numbers of what it includes; first those of flags.
static std::string storeHeaders(const Prefix &P) {
  auto Numbers = [](ArrayRef<unsigned> All) {
    std::string Text;
    for (unsigned I : All)
      Text += " " + std::to_string(I);
    return Text + "\n";
  };
  std::string Text = Numbers(P.Implicit);
  for (const Prefix::Header &H : P.Headers)
    Text += H.Path + "\n" + Numbers(H.Includes);
  return Text;
}

static bool loadHeaders(StringRef Text, Prefix &P) {
  SmallVector<StringRef, 0> Lines;
  Text.split(Lines, '\n');
  size_t Count = Lines.size() / 2 - 1; // the last line is empty
  if (Lines.size() < 2 || Lines.size() % 2)
    return false;
  auto Numbers = [&](StringRef Line, std::vector<unsigned> &Out) {
    unsigned I;
    while (Line.consume_front(" ")) {
      if (Line.consumeInteger(10, I) || I >= Count)
        return false;
      Out.push_back(I);
    }
    return Line.empty();
  };
  bool Ok = Numbers(Lines[0], P.Implicit);
  for (size_t I = 0; Ok && I != Count; ++I) {
    Prefix::Header &H = P.Headers.emplace_back();
    H.Path = Lines[2 * I + 1].str();
    Ok = Numbers(Lines[2 * I + 2], H.Includes);
  }
  return Ok;
}

static std::string pchName(const Cache &Store, StringRef Id) {
  return Store.path("prefix", Digest::of(Id)) + ".pch";
}

std::unique_ptr<Prefix> Prefixes::load(Digest Key, bool &MayMake) {
  auto Entry = Store.get("prefix", Key);
  if (!Entry) {
    Store.put("prefix", Key, ""); // wanted
    return nullptr;
  }
  MayMake = true;
  StringRef Rest = *Entry, In, Headers, Names;
  StringRef Id = Rest.split('\n').first;
  Rest = Rest.split('\n').second;
  auto P = std::make_unique<Prefix>();
  if (Id.empty() || !takeSection(Rest, In) || !takeSection(Rest, Headers) ||
      !takeSection(Rest, Names) || !P->Read.load(In) ||
      Inputs::answersNow(P->Read.names(""), "", Files) != P->Read.answers())
    return nullptr;
  if (Id == "failed") {
    MayMake = false;
    return nullptr;
  }
  P->File = pchName(Store, Id);
  FileDigests Fresh; // make() may have written it since Files looked
  if (Fresh.of(P->File).hex() != Id || !loadHeaders(Headers, *P))
    return nullptr;
  P->Names.resize(Names.size() / sizeof(uint64_t));
  std::memcpy(P->Names.data(), Names.data(),
              P->Names.size() * sizeof(uint64_t));
  touchEntry(P->File);
  return P;
}

/// Makes the prefix and its entry; to be run in a process of its own.
static void makeEntry(const Cache &Store, Digest Key, const CompileCommand &C,
                      StringRef Root) {
  Prefix P;
  std::string Entry = pchName(Store, Key.hex());
  SmallString<256> New;
  if (sys::fs::create_directories(sys::path::parent_path(Entry)) ||
      sys::fs::createUniqueFile(Entry + ".%%%%%%%%.tmp", New))
    return;
  std::string Id = "failed";
  if (buildPrefix(
          prefixArguments(parserArguments(C.Arguments.get(), C.File), Root),
          C.Directory, New, P)) {
    FileDigests Fresh;
    Id = Fresh.of(New).hex();
    std::string Name = pchName(Store, Id);
    if (sys::fs::create_directories(sys::path::parent_path(Name)) ||
        sys::fs::rename(New, Name)) {
      (void)sys::fs::remove(New);
      return;
    }
  } else {
    (void)sys::fs::remove(New);
  }
  StringRef Names(reinterpret_cast<const char *>(P.Names.data()),
                  P.Names.size() * sizeof(uint64_t));
  Store.put("prefix", Key,
            Id + "\n" + section(P.Read.store()) + section(storeHeaders(P)) +
                section(Names));
}

std::unique_ptr<Prefix> Prefixes::make(const CompileCommand &C, StringRef Root,
                                       Digest Key) {
  bool Made = false;
  runForked(
      1, 1,
      [&](size_t) {
        makeEntry(Store, Key, C, Root);
        return std::string();
      },
      [&](size_t, Expected<std::string> Answer) {
        Made = bool(Answer);
        consumeError(Answer.takeError());
      });
  bool MayMake;
  std::unique_ptr<Prefix> P = Made ? load(Key, MayMake) : nullptr;
  Count += P != nullptr;
  return P;
}

} // namespace netdev
