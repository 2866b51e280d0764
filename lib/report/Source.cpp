//===- Source.cpp - Places in source text -----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Source.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace netdev;
using llvm::StringRef;

LineTable::LineTable(StringRef Text) : Text(Text) {
  Starts.push_back(0);
  for (size_t I = 0, E = Text.size(); I != E; ++I)
    if (Text[I] == '\n' && I + 1 != E)
      Starts.push_back(I + 1);
}

StringRef LineTable::line(uint32_t N) const {
  if (N == 0 || N > Starts.size())
    return {};
  size_t End = N == Starts.size() ? Text.size() : Starts[N];
  return Text.slice(Starts[N - 1], End).rtrim("\r\n");
}

size_t LineTable::offset(uint32_t Line, uint32_t Column) const {
  if (Line == 0)
    return 0;
  if (Line > Starts.size())
    return Text.size();
  size_t InLine = Column == 0 ? 0 : Column - 1;
  return Starts[Line - 1] + std::min(InLine, line(Line).size());
}

LineColumn LineTable::at(size_t Offset) const {
  Offset = std::min(Offset, Text.size());
  size_t Line = llvm::upper_bound(Starts, Offset) - Starts.begin();
  return {uint32_t(Line), uint32_t(Offset - Starts[Line - 1] + 1)};
}

std::pair<uint32_t, unsigned> netdev::decodeUtf8(StringRef S) {
  const uint32_t Bad = 0xFFFD;
  uint8_t B = S[0];
  if (B < 0x80)
    return {B, 1};
  // The range of the second byte keeps out overlong forms and surrogates.
  unsigned More = 0;
  uint8_t Low = 0x80, High = 0xBF;
  uint32_t Code = 0;
  if (B >= 0xC2 && B <= 0xDF) {
    More = 1;
    Code = B & 0x1F;
  } else if (B >= 0xE0 && B <= 0xEF) {
    More = 2;
    Code = B & 0x0F;
    Low = B == 0xE0 ? 0xA0 : 0x80;
    High = B == 0xED ? 0x9F : 0xBF;
  } else if (B >= 0xF0 && B <= 0xF4) {
    More = 3;
    Code = B & 0x07;
    Low = B == 0xF0 ? 0x90 : 0x80;
    High = B == 0xF4 ? 0x8F : 0xBF;
  } else {
    return {Bad, 1};
  }
  for (unsigned I = 1; I <= More; ++I) {
    uint8_t C = I < S.size() ? S[I] : 0;
    if (C < Low || C > High)
      return {Bad, I};
    Code = Code << 6 | (C & 0x3F);
    Low = 0x80;
    High = 0xBF;
  }
  return {Code, More + 1};
}

uint32_t netdev::utf16Column(StringRef Line, uint32_t Column) {
  uint32_t Units = 1, Bytes = 1;
  while (Bytes < Column && !Line.empty()) {
    auto [Code, Length] = decodeUtf8(Line);
    Units += Code > 0xFFFF ? 2 : 1;
    Bytes += Length;
    Line = Line.drop_front(Length);
  }
  return Bytes < Column ? Units + (Column - Bytes) : Units;
}

std::string netdev::oneLine(StringRef S) {
  std::string Out;
  Out.reserve(S.size());
  for (size_t I = 0; I != S.size(); ++I) {
    unsigned char C = S[I];
    if (C == '\r' && I + 1 != S.size() && S[I + 1] == '\n')
      continue;
    if (C == '\n' || C == '\r' || C == '\t') {
      Out += ' ';
    } else if (C < 0x20 || C == 0x7F) {
      Out += "\\x";
      Out += llvm::hexdigit(C >> 4);
      Out += llvm::hexdigit(C & 15);
    } else {
      Out += char(C);
    }
  }
  return Out;
}

std::string netdev::uriOf(StringRef Path) {
  std::string Out;
  for (unsigned char C : Path) {
    if (llvm::isAlnum(C) || StringRef("-._~/").contains(C)) {
      Out += char(C);
    } else {
      Out += '%';
      Out += llvm::hexdigit(C >> 4);
      Out += llvm::hexdigit(C & 15);
    }
  }
  return Out;
}

std::string netdev::validUtf8(StringRef S) {
  std::string Out;
  Out.reserve(S.size());
  while (!S.empty()) {
    auto [Code, Length] = decodeUtf8(S);
    if (Code == 0xFFFD)
      Out += "\xEF\xBF\xBD";
    else
      Out += S.take_front(Length);
    S = S.drop_front(Length);
  }
  return Out;
}

llvm::Error netdev::failure(const llvm::Twine &Message) {
  return llvm::make_error<llvm::StringError>(Message,
                                             llvm::inconvertibleErrorCode());
}

StringRef netdev::name(Precision P) {
  switch (P) {
  case Precision::Low:
    return "low";
  case Precision::Medium:
    return "medium";
  case Precision::High:
    return "high";
  }
  return "high";
}
