//===- Fixes.cpp - Statements taken out, moved, put in ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Fixes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include <algorithm>

using namespace netdev;
using llvm::StringRef;

const ir::Stmt *netdev::statementAround(const ir::Function &F,
                                        uint32_t Offset) {
  const ir::Stmt *Best = nullptr;
  for (const ir::Stmt &S : F.Stmts)
    if (S.Begin <= Offset && Offset < S.End &&
        (!Best || S.End - S.Begin <= Best->End - Best->Begin))
      Best = &S;
  return Best;
}

const ir::Stmt *netdev::statementAt(const ir::Function &F, uint32_t Offset) {
  for (const ir::Stmt &S : F.Stmts)
    if (S.Alone && S.Begin + S.Indent == Offset)
      return &S;
  return nullptr;
}

bool netdev::unlabelled(const ir::Function &F, uint32_t Begin, uint32_t End) {
  return llvm::none_of(F.Stmts, [&](const ir::Stmt &S) {
    return S.Labelled && S.Begin >= Begin && S.Begin < End;
  });
}

static Edit edit(StringRef File, uint32_t Offset, uint32_t Length,
                 StringRef Text = "") {
  Edit E;
  E.File = File.str();
  E.Offset = Offset;
  E.Length = Length;
  E.Text = Text.str();
  return E;
}

std::vector<Edit> netdev::dropped(StringRef File, const ir::Stmt &S) {
  return {edit(File, S.Begin, S.End - S.Begin)};
}

std::vector<Edit> netdev::moved(StringRef File, const ir::Stmt &S,
                                uint32_t To) {
  Edit There = edit(File, To, 0);
  There.CopyFrom = S.Begin;
  There.CopyLength = S.End - S.Begin;
  std::vector<Edit> Edits = dropped(File, S);
  Edits.insert(To < S.Begin ? Edits.begin() : Edits.end(), There);
  return Edits;
}

std::vector<Edit> netdev::inserted(StringRef File, const ir::Stmt &S,
                                   const ir::Stmt *Around, StringRef Line) {
  Edit New = edit(File, S.Begin, 0, (llvm::Twine(Line) + "\n").str());
  New.CopyFrom = S.Begin;
  New.CopyLength = S.Indent;
  if (!S.Brace || !Around)
    return {New};
  Edit Close = edit(File, S.End, 0, "}\n");
  Close.CopyFrom = Around->Begin;
  Close.CopyLength = Around->Indent;
  return {edit(File, S.Brace, 0, " {"), New, Close};
}

/// \p Part is whole lines of code, and not of the preprocessor.
static bool isLines(StringRef Part) {
  return Part.ends_with(";\n") && !Part.contains("\n#") &&
         !Part.starts_with("#");
}

static bool fill(Fix &X, StringRef Text) {
  uint32_t First = UINT32_MAX, Last = 0;
  for (Edit &E : X.Edits) {
    if (E.Offset > Text.size() || E.Length > Text.size() - E.Offset ||
        E.CopyFrom > Text.size() || E.CopyLength > Text.size() - E.CopyFrom)
      return false;
    First = std::min(First, E.Offset);
    Last = std::max(Last, E.Offset + E.Length);
    StringRef Copy = Text.substr(E.CopyFrom, E.CopyLength);
    bool Indent = Copy.find_first_not_of(" \t") == StringRef::npos;
    if (!Indent && !isLines(Copy))
      return false;
    if (E.Length && !isLines(Text.substr(E.Offset, E.Length)))
      return false;
    E.Text = Copy.str() + E.Text;
    E.CopyFrom = E.CopyLength = 0;
  }
  // A condition of the preprocessor may hold for one place and not the other.
  return !Text.slice(First, Last).contains("\n#");
}

void netdev::fillFixes(
    Finding &F,
    llvm::function_ref<std::optional<StringRef>(StringRef)> Source) {
  llvm::erase_if(F.Fixes, [&](Fix &X) {
    std::optional<StringRef> Text;
    if (!X.Edits.empty())
      Text = Source(X.Edits.front().File);
    return !Text || !fill(X, *Text);
  });
}
