//===- netdev-lint-ninja.cpp - A run as a Ninja graph ---------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Per unit an edge that lowers it, with a depfile, and one that solves its
/// facts; one edge that merges all. Ninja then restarts what was broken off and
/// repeats what changed.
///
//===----------------------------------------------------------------------===//
#include "netdev-lint-setup.h"
#include "report/Render.h"
#include "report/WriteFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace netdev {

/// \p Path where Ninja reads paths, and \p Text where it reads a value.
static std::string escape(StringRef Text, bool IsPath) {
  std::string Out;
  for (char C : Text) {
    if (C == '$' || (IsPath && (C == ' ' || C == ':')))
      Out += '$';
    Out += C;
  }
  return Out;
}

/// \p Word for the shell, in a value.
static std::string quote(StringRef Word) {
  std::string Out = "'";
  for (char C : Word)
    Out += C == '\'' ? std::string("'\\''") : std::string(1, C);
  return escape(Out + "'", /*IsPath=*/false);
}

static std::string solveOptions() {
  std::string Out = Least == Precision::High     ? " --precision=high"
                    : Least == Precision::Medium ? " --precision=medium"
                                                 : " --precision=low";
  if (!ChecksOption.empty())
    Out += " " + quote("--checks=" + ChecksOption);
  if (Pedantic)
    Out += " --pedantic";
  if (!KernelFacts.empty())
    Out += " " + quote("--kernel-facts=" + absolutePath(KernelFacts));
  for (const std::string &F : KernelApi)
    Out += " " + quote("--kernel-api=" + absolutePath(F));
  return Out;
}

int emitNinja(StringRef File, ArrayRef<CompileCommand> Commands,
              const Run &Skipped, StringRef Database, const char *Program) {
  std::string Graph = absolutePath(File);
  std::string Out = sys::path::parent_path(Graph).str() + "/netdev-lint.out";
  Expected<std::string> Rest = render(Format::Json, Skipped);
  if (!Rest)
    return usageError(toString(Rest.takeError()));
  if (std::error_code EC = sys::fs::create_directories(Out))
    return usageError(Twine(Out) + ": " + EC.message());
  if (Error Wrong = writeFile(Out + "/skipped.json", *Rest))
    return usageError(toString(std::move(Wrong)));
  std::string Text;
  raw_string_ostream OS(Text);

  std::string Tool =
      sys::fs::getMainExecutable(Program, reinterpret_cast<void *>(&emitNinja));
  std::string Call = quote(Tool);
  std::string In = "cd " + quote(Skipped.SourceRoot) + " && " + Call;
  OS << "# netdev-lint " NETDEV_LINT_VERSION
        "; ninja -f this file makes findings.json\n"
        "ninja_required_version = 1.5\n"
     << "builddir = " << escape(Out, false) << "\n"
     << "rule lower\n  command = " << Call << " lower -p " << quote(Database)
     << " $in -o $out --depfile=$out.d\n"
     << "  depfile = $out.d\n  deps = gcc\n  description = lower $in\n"
     << "rule solve\n  command = " << In << " solve $in" << solveOptions()
     << " --quiet --format=json:$out\n  description = solve $in\n"
     << "rule merge\n  command = " << In
     << " merge @$out.rsp --quiet --format=json:$out\n"
     << "  rspfile = $out.rsp\n  rspfile_content = $in\n"
     << "  description = merge\n";
  std::string All = " " + escape(Out + "/skipped.json", true);
  for (const CompileCommand &C : Commands) {
    std::string Stem =
        escape(Out + "/" + relativeName(C.File, Skipped.SourceRoot), true);
    OS << "build " << Stem << ".facts: lower " << escape(C.File, true) << " | "
       << escape(Tool, true) << "\n"
       << "build " << Stem << ".json: solve " << Stem << ".facts | "
       << escape(Tool, true) << "\n";
    All += " " + Stem + ".json";
  }
  std::string Last =
      escape(sys::path::parent_path(Graph).str() + "/findings.json", true);
  OS << "build " << Last << ": merge" << All << "\ndefault " << Last << "\n";
  OS.flush();
  if (Error Wrong = writeFile(Graph, Text))
    return usageError(toString(std::move(Wrong)));
  return 0;
}

} // namespace netdev
