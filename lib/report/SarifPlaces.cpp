//===- SarifPlaces.cpp - Positions as SARIF locations -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Sarif.h"

using namespace netdev;
using Json = nlohmann::ordered_json;
using llvm::StringRef;

const LineTable *SarifPlaces::lines(StringRef File) {
  auto [It, IsNew] = Files.try_emplace(File.str());
  if (IsNew)
    if (auto Text = R.source(File))
      It->second.emplace(*Text);
  return It->second ? &*It->second : nullptr;
}

Json SarifPlaces::artifact(StringRef File) const {
  return {{"uri", uriOf(File)}, {"uriBaseId", "SRCROOT"}};
}

Json SarifPlaces::region(const Position &P) {
  const LineTable *Lines = lines(P.File);
  auto Column = [&](uint32_t Line, uint32_t Column) {
    uint32_t Bytes = std::max(1u, Column);
    return Lines ? utf16Column(Lines->line(Line), Bytes) : Bytes;
  };
  uint32_t Line = std::max(1u, P.Line);
  uint32_t First = Column(P.Line, P.Column);
  uint32_t EndLine = Line, End = First + 1;
  if (P.EndLine > Line || (P.EndLine == Line && P.EndColumn > P.Column)) {
    EndLine = P.EndLine;
    End = Column(P.EndLine, P.EndColumn);
  }
  return {{"startLine", Line},
          {"startColumn", First},
          {"endLine", EndLine},
          {"endColumn", End}};
}

Json SarifPlaces::physical(const Position &P, bool WithSnippet) {
  Json Region = region(P);
  const LineTable *Lines = lines(P.File);
  Json Out = {{"artifactLocation", artifact(P.File)}};
  if (WithSnippet && Lines && P.Line && P.Line <= Lines->lines()) {
    size_t Begin = Lines->offset(P.Line, P.Column);
    size_t End = Lines->offset(std::max(P.EndLine, P.Line), P.EndColumn);
    StringRef Text = *R.source(P.File);
    if (End > Begin)
      Region["snippet"] = {{"text", validUtf8(Text.slice(Begin, End))}};
    // Two lines around it, for viewers without the source.
    uint32_t From = P.Line > 2 ? P.Line - 2 : 1;
    uint32_t To =
        std::min<uint32_t>(std::max(P.Line, P.EndLine) + 2, Lines->lines());
    StringRef Context = Text.slice(
        Lines->offset(From, 1), Lines->offset(To, 1) + Lines->line(To).size());
    Out["region"] = std::move(Region);
    Out["contextRegion"] = {{"startLine", From},
                            {"endLine", To},
                            {"snippet", {{"text", validUtf8(Context)}}}};
    return Out;
  }
  Out["region"] = std::move(Region);
  return Out;
}

Json SarifPlaces::bytes(StringRef File, uint32_t Offset, uint32_t Length) {
  const LineTable *Lines = lines(File);
  if (!Lines)
    return {{"byteOffset", Offset}, {"byteLength", Length}};
  LineColumn From = Lines->at(Offset), To = Lines->at(Offset + Length);
  return {{"startLine", From.Line},
          {"startColumn", utf16Column(Lines->line(From.Line), From.Column)},
          {"endLine", To.Line},
          {"endColumn", utf16Column(Lines->line(To.Line), To.Column)}};
}
