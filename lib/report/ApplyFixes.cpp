//===- ApplyFixes.cpp - Findings' fixes into files ------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/ApplyFixes.h"
#include "llvm/ADT/STLExtras.h"

using namespace netdev;
using llvm::StringRef;

/// Two edits that meet: which comes first would matter.
static bool meet(const Edit &A, const Edit &B) {
  return A.File == B.File && A.Offset <= B.Offset + B.Length &&
         B.Offset <= A.Offset + A.Length;
}

/// A new file may have other text by now.
static bool fits(const Edit &E, const Run &R) {
  std::optional<StringRef> Text = R.source(E.File);
  return Text && E.Offset <= Text->size() &&
         E.Length <= Text->size() - E.Offset;
}

FixedFiles netdev::applyFixes(const Run &R) {
  FixedFiles Out;
  std::vector<Edit> Taken;
  for (const Result &F : R.Findings) {
    if (F.Fixes.empty() || F.Fixes.front().Edits.empty())
      continue;
    const std::vector<Edit> &Edits = F.Fixes.front().Edits;
    bool Free = llvm::all_of(Edits, [&](const Edit &E) {
      return fits(E, R) && llvm::none_of(Taken, [&](const Edit &Other) {
               return meet(E, Other);
             });
    });
    ++(Free ? Out.Applied : Out.LeftOut);
    if (Free)
      Taken.insert(Taken.end(), Edits.begin(), Edits.end());
  }
  // From the back, so that offsets stay those of the old text.
  llvm::sort(Taken, [](const Edit &A, const Edit &B) {
    return std::tie(A.File, B.Offset) < std::tie(B.File, A.Offset);
  });
  for (const Edit &E : Taken) {
    auto [It, New] = Out.Texts.try_emplace(E.File);
    if (New)
      It->second = R.source(E.File)->str();
    It->second.replace(E.Offset, E.Length, E.Text);
  }
  return Out;
}
