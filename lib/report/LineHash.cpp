//===- LineHash.cpp - GitHub's primaryLocationLineHash ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/LineHash.h"
#include "report/Source.h"
#include "llvm/ADT/StringExtras.h"
#include <unordered_map>

using namespace netdev;
using llvm::StringRef;

static const unsigned Window = 100;
static const uint64_t Factor = 37;

std::vector<std::string> netdev::lineHashes(StringRef Text) {
  // What is hashed, in UTF-16 units, and where in it the lines begin.
  std::vector<uint16_t> Units;
  std::vector<size_t> Starts;
  bool LineStart = true, AfterCR = false;
  auto Add = [&](uint32_t C) {
    bool Skip = C == ' ' || C == '\t' || (AfterCR && C == '\n');
    AfterCR = C == '\r';
    if (Skip)
      return;
    if (C == '\r')
      C = '\n';
    if (LineStart)
      Starts.push_back(Units.size());
    LineStart = C == '\n';
    Units.push_back(C);
  };
  for (StringRef Rest = Text; !Rest.empty();) {
    auto [Code, Length] = decodeUtf8(Rest);
    Rest = Rest.drop_front(Length);
    if (Code > 0xFFFF) {
      Add(0xD7C0 + (Code >> 10));
      Add(0xDC00 + (Code & 0x3FF));
    } else {
      Add(Code);
    }
  }
  Add(0xFFFF); // the end of the file, then as many zeros as the window needs
  Units.resize(Units.size() + Window);

  uint64_t Leaving = 1; // Factor to the power of Window
  for (unsigned I = 0; I != Window; ++I)
    Leaving *= Factor;

  std::vector<std::string> Out;
  std::unordered_map<uint64_t, unsigned> Seen;
  uint64_t Hash = 0;
  size_t Next = 0; // the line whose hash is complete next
  for (size_t I = 0; Next != Starts.size(); ++I) {
    if (I == Starts[Next] + Window) {
      Out.push_back(llvm::utohexstr(Hash, /*LowerCase=*/true) + ":" +
                    std::to_string(++Seen[Hash]));
      ++Next;
    }
    if (I == Units.size())
      break;
    Hash = Hash * Factor + Units[I];
    if (I >= Window)
      Hash -= Leaving * Units[I - Window];
  }
  return Out;
}
