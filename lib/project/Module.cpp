//===- Module.cpp - The files of one kernel module ------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Module.h"
#include "engine/Extract.h"
#include "engine/KernelFacts.h"
#include "ir/Serialize.h"
#include "project/Prefix.h"
#include "project/Workers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <map>
#include <set>

using namespace llvm;

namespace netdev {

static Error fail(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

Expected<std::vector<CompileCommand>> moduleCommands(const CompileDatabase &DB,
                                                     StringRef Name) {
  Expected<std::vector<CompileCommand>> All = DB.all();
  if (!All)
    return All.takeError();
  std::map<std::string, const CompileCommand *> ByFile;
  std::set<std::string> Folders;
  for (const CompileCommand &C : *All) {
    ByFile[C.File] = &C;
    Folders.insert(sys::path::parent_path(C.File).str());
  }
  std::string Dashes = Name.str(), Lines = Name.str();
  std::replace(Dashes.begin(), Dashes.end(), '_', '-');
  std::replace(Lines.begin(), Lines.end(), '-', '_');
  for (const std::string &Folder : Folders)
    for (const std::string &Stem :
         std::set<std::string>{Name.str(), Dashes, Lines}) {
      auto Text = MemoryBuffer::getFile(Folder + "/" + Stem + ".mod");
      if (!Text)
        continue;
      std::vector<CompileCommand> Out;
      SmallVector<StringRef> Objects;
      // Before 6.1 one line held all objects.
      SplitString((*Text)->getBuffer(), Objects);
      for (StringRef Object : Objects) {
        if (!Object.ends_with(".o"))
          continue;
        std::string Source =
            absolutePath((Object.drop_back(2) + ".c").str(), DB.directory());
        auto It = ByFile.find(Source);
        if (It == ByFile.end())
          return fail(Source + ": part of " + Name +
                      ", but not in the compile database");
        Out.push_back(*It->second);
      }
      if (!Out.empty())
        return Out;
    }
  return fail("--module: no " + Name + ".mod beside the files of " +
              DB.directory() + "; build the module there, or its 'modules'");
}

/// The facts of each of \p Commands as \p Keep leaves them, each lowered in a
/// process of its own, \p Parallel at a time; nothing for those that fail.
static std::vector<std::optional<ir::Unit>>
lowerAll(ArrayRef<CompileCommand> Commands, StringRef Root, unsigned Parallel,
         const AnalysisOptions &Opts, std::vector<UnitStatus> &Units,
         function_ref<ir::Unit(const CompileCommand &, ir::Unit)> Keep) {
  if (Opts.Prefix) {
    std::vector<const CompileCommand *> All;
    for (const CompileCommand &C : Commands)
      All.push_back(&C);
    Opts.Prefix->prepare(All, Root);
  }
  std::vector<std::optional<ir::Unit>> Loaded(Commands.size());
  Units.resize(Commands.size());
  // The first byte of an answer tells facts from the reason of a failure.
  runForked(
      Commands.size(), Parallel,
      [&](size_t I) {
        Expected<ir::Unit> U = unitFacts(Commands[I], Root, Opts);
        return U ? "+" + ir::pack(Keep(Commands[I], std::move(*U)))
                 : "-" + toString(U.takeError());
      },
      [&](size_t I, Expected<std::string> Answer) {
        Units[I] = {relativeName(Commands[I].File, Root), UnitStatus::Failed,
                    ""};
        if (!Answer) {
          Units[I].Reason =
              "the analysis of this file " + toString(Answer.takeError());
          return;
        }
        StringRef Text = *Answer;
        if (!Text.consume_front("+")) {
          Units[I].Reason = Text.drop_front(1).str();
          return;
        }
        Loaded[I] = ir::unpack(Text);
        if (Loaded[I])
          Units[I].Status = UnitStatus::Analysed;
        else
          Units[I].Reason = "the worker's answer is broken";
      });
  return Loaded;
}

UnitResult analyseLinked(ArrayRef<CompileCommand> Commands, StringRef Root,
                         unsigned Parallel, const AnalysisOptions &Opts,
                         std::vector<UnitStatus> &Units) {
  auto Loaded = lowerAll(Commands, Root, Parallel, Opts, Units,
                         [](const CompileCommand &, ir::Unit U) { return U; });
  std::vector<const ir::Unit *> Linked;
  for (const std::optional<ir::Unit> &U : Loaded)
    if (U)
      Linked.push_back(&*U);
  // Any order of the objects is the same module.
  llvm::sort(Linked, [](const ir::Unit *A, const ir::Unit *B) {
    return A->File < B->File;
  });
  return Linked.empty() ? UnitResult() : solveUnits(Linked, Root, Opts);
}

ir::Unit collectKernelFacts(ArrayRef<CompileCommand> Commands, StringRef Root,
                            unsigned Parallel, const AnalysisOptions &Opts,
                            std::vector<UnitStatus> &Units) {
  auto Loaded = lowerAll(Commands, Root, Parallel, Opts, Units,
                         [&](const CompileCommand &C, ir::Unit U) {
                           ir::Unit Out;
                           Out.File = U.File;
                           Out.Kernel = U.Kernel;
                           if (auto Text = MemoryBuffer::getFile(C.File))
                             addKernelFacts(U, exportedBy((*Text)->getBuffer()),
                                            Opts.Api->get(U.Kernel), Out);
                           return Out;
                         });
  ir::Unit All;
  All.File = "kernel facts";
  for (const std::optional<ir::Unit> &U : Loaded)
    if (U && !U->Functions.empty()) {
      All.Kernel = U->Kernel;
      Extractor Copy(*U, All);
      for (const ir::Function &F : U->Functions)
        Copy.add(F);
    }
  return All;
}

} // namespace netdev
