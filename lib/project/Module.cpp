//===- Module.cpp - The files of one kernel module ------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Module.h"
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

UnitResult analyseLinked(ArrayRef<CompileCommand> Commands, StringRef Root,
                         unsigned Parallel, const AnalysisOptions &Opts,
                         std::vector<UnitStatus> &Units) {
  if (Opts.Prefix) {
    std::vector<const CompileCommand *> All;
    for (const CompileCommand &C : Commands)
      All.push_back(&C);
    Opts.Prefix->prepare(All, Root);
  }
  std::vector<ir::Unit> Loaded(Commands.size());
  std::vector<bool> Good(Commands.size());
  Units.resize(Commands.size());
  // The first byte of an answer tells facts from the reason of a failure.
  runForked(
      Commands.size(), Parallel,
      [&](size_t I) {
        Expected<ir::Unit> U = unitFacts(Commands[I], Root, Opts);
        return U ? "+" + ir::pack(*U) : "-" + toString(U.takeError());
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
        std::optional<ir::Unit> U = ir::unpack(Text);
        if (!U) {
          Units[I].Reason = "the worker's answer is broken";
          return;
        }
        Loaded[I] = std::move(*U);
        Good[I] = true;
        Units[I].Status = UnitStatus::Analysed;
      });
  std::vector<const ir::Unit *> Linked;
  for (size_t I = 0; I != Loaded.size(); ++I)
    if (Good[I])
      Linked.push_back(&Loaded[I]);
  // Any order of the objects is the same module.
  llvm::sort(Linked, [](const ir::Unit *A, const ir::Unit *B) {
    return A->File < B->File;
  });
  return Linked.empty() ? UnitResult() : solveUnits(Linked, Root, Opts);
}

} // namespace netdev
