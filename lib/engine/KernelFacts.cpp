//===- KernelFacts.cpp - What modules offer to others -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/KernelFacts.h"
#include "engine/Extract.h"
#include "engine/Program.h"
#include "llvm/Support/Regex.h"

using namespace netdev;

llvm::StringSet<> netdev::exportedBy(llvm::StringRef Source) {
  static const llvm::Regex Export(
      "^[ \t]*EXPORT_SYMBOL[A-Z_]*\\([ \t]*([A-Za-z_0-9]+)");
  llvm::StringSet<> Out;
  while (!Source.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Source) = Source.split('\n');
    llvm::SmallVector<llvm::StringRef, 2> Found;
    if (Line.contains("EXPORT_SYMBOL") && Export.match(Line, &Found))
      Out.insert(Found[1]);
  }
  return Out;
}

void netdev::addKernelFacts(const ir::Unit &U,
                            const llvm::StringSet<> &Exported, const Model &M,
                            ir::Unit &Out) {
  // The model speaks for the core.
  if (Exported.empty() || llvm::StringRef(U.File).starts_with("net/core/"))
    return;
  ValueTable T;
  Program P(&U, M, T);
  std::set<FuncId> Wanted;
  for (FuncId F = 0; F < P.functions().size(); ++F) {
    const FuncInfo &I = P.func(F);
    if (!I.F->Static && Exported.contains(I.Name) && !M.function(I.Name) &&
        M.objects(I.Name).empty() && I.Interesting)
      Wanted.insert(P.closure(F).begin(), P.closure(F).end());
  }
  Extractor Copy(U, Out);
  for (FuncId F : Wanted)
    Copy.add(*P.func(F).F);
}

std::optional<ir::Unit>
netdev::neededOf(const ir::Unit &Library,
                 llvm::ArrayRef<const ir::Unit *> Units) {
  llvm::StringMap<const ir::Function *> Offered;
  for (const ir::Function &F : Library.Functions)
    Offered.try_emplace(Library.text(F.Name), &F);
  llvm::StringSet<> Own;
  for (const ir::Unit *U : Units)
    for (const ir::Function &F : U->Functions)
      Own.insert(U->text(F.Name));
  std::vector<const ir::Function *> Needed;
  llvm::StringSet<> Seen;
  auto AddCallees = [&](const ir::Unit &U, const ir::Function &F) {
    for (const ir::Block &B : F.Blocks)
      for (const ir::Inst &I : B.Insts) {
        auto It = Offered.find(U.text(I.Callee));
        if (It != Offered.end() && !Own.contains(It->first()) &&
            Seen.insert(It->first()).second)
          Needed.push_back(It->second);
      }
  };
  for (const ir::Unit *U : Units)
    for (const ir::Function &F : U->Functions)
      AddCallees(*U, F);
  for (size_t N = 0; N < Needed.size(); ++N)
    AddCallees(Library, *Needed[N]);
  if (Needed.empty())
    return std::nullopt;
  ir::Unit Out;
  Out.File = Library.File;
  Out.Kernel = Library.Kernel;
  Extractor Copy(Library, Out);
  for (const ir::Function *F : Needed)
    Copy.add(*F);
  return Out;
}
