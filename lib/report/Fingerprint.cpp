//===- Fingerprint.cpp - What stays the same about a finding ----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace netdev;
using llvm::StringRef;

static const uint64_t Golden = 0x9E3779B97F4A7C15;

/// In Statements::Kept: a place where a statement ends that is no character
/// of the file. Cannot occur in C text outside of strings.
static const char Break = '\x01';

Statements::Statements(StringRef Text) {
  auto Keep = [&](char C, size_t Offset) {
    Kept += C;
    From.push_back(Offset);
  };
  bool LineStart = true;
  size_t I = 0, E = Text.size();
  auto SkipComment = [&] { // at "/*" or "//": to its last character
    if (Text[I + 1] == '/')
      I = std::min(Text.find('\n', I), E) - 1;
    else
      I = std::min(Text.find("*/", I + 2), E - 2) + 1;
  };
  for (; I < E; ++I) {
    char C = Text[I];
    if (C == '/' && I + 1 < E && (Text[I + 1] == '*' || Text[I + 1] == '/')) {
      SkipComment();
    } else if (C == '#' && LineStart) {
      Keep(Break, I);
      for (; I < E && Text[I] != '\n'; ++I) {
        if (Text[I] == '\\' && I + 1 < E)
          ++I; // a continued line
        else if (Text[I] == '/' && I + 1 < E && Text[I + 1] == '*')
          SkipComment();
      }
    } else if (C == '"' || C == '\'') {
      LineStart = false;
      Keep(C, I);
      while (++I < E && Text[I] != C && Text[I] != '\n') {
        Keep(Text[I], I);
        if (Text[I] == '\\' && I + 1 < E) {
          ++I;
          Keep(Text[I], I);
        }
      }
      if (I < E && Text[I] == C)
        Keep(C, I);
    } else if (C == '\n') {
      LineStart = true;
    } else if (!llvm::isSpace(C)) {
      LineStart = false;
      // In a string these end no statement, but there they are harmless too:
      // the same text is always cut at the same place.
      Keep(C, I);
    }
  }
}

std::string Statements::at(size_t Offset) const {
  auto IsEnd = [](char C) {
    return C == ';' || C == '{' || C == '}' || C == Break;
  };
  size_t Here = llvm::lower_bound(From, Offset) - From.begin();
  size_t First = Here, Last = Here;
  while (First > 0 && !IsEnd(Kept[First - 1]))
    --First;
  while (Last < Kept.size() && !IsEnd(Kept[Last]))
    ++Last;
  return Kept.substr(First, Last - First);
}

std::string netdev::withoutLines(StringRef Message) {
  std::string Out;
  for (size_t I = 0; I != Message.size();) {
    StringRef Done = Message.take_front(I);
    bool After = Done.ends_with("line ") || Done.ends_with("lines ") ||
                 Done.ends_with(":");
    if (After && llvm::isDigit(Message[I])) {
      while (I != Message.size() && llvm::isDigit(Message[I]))
        ++I;
    } else {
      Out += Message[I++];
    }
  }
  return Out;
}

uint64_t netdev::fingerprintKey(const Finding &F, StringRef Statement) {
  std::string All;
  for (StringRef Part :
       {StringRef(F.Check), StringRef(F.Rule), StringRef(F.Function)}) {
    All += Part;
    All += '\0';
  }
  All += withoutLines(F.Message);
  All += '\0';
  All += Statement;
  return llvm::xxh3_64bits(StringRef(All));
}

std::string netdev::fingerprint(uint64_t Key, unsigned Occurrence) {
  return llvm::utohexstr(Key + Golden * Occurrence, /*LowerCase=*/true,
                         /*Width=*/16);
}

std::optional<uint64_t> netdev::keyOf(StringRef Fingerprint,
                                      unsigned Occurrence) {
  uint64_t N;
  if (Fingerprint.size() != 16 || Fingerprint.getAsInteger(16, N))
    return std::nullopt;
  return N - Golden * Occurrence;
}
