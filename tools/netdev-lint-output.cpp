//===- netdev-lint-output.cpp - From a run to what is printed -------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "netdev-lint-output.h"
#include "report/ApplyFixes.h"
#include "report/Baseline.h"
#include "report/Suppress.h"
#include "report/WriteFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <ctime>

using namespace llvm;

namespace netdev {

int usageError(const Twine &Message) {
  errs() << "netdev-lint: error: " << Message << "\n";
  return 2;
}

static Error fail(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

Expected<std::vector<OutputRequest>>
parseOutputs(ArrayRef<std::string> Values) {
  std::vector<OutputRequest> Requests;
  bool Terminal = false;
  for (StringRef V : Values) {
    auto [Name, File] = V.split(':');
    std::optional<Format> Form = parseFormat(Name);
    if (!Form)
      return fail("--format: there is no format '" + Name +
                  "'; use text, kernel, json, sarif, html, github or "
                  "codeclimate");
    if (V.contains(':') && File.empty())
      return fail("--format: '" + V + "' names no file");
    if (File.empty() && std::exchange(Terminal, true))
      return fail("--format: only one format can go to the terminal; write "
                  "the others as FORMAT:FILE");
    StringRef Folder = sys::path::parent_path(File);
    if (!Folder.empty() && !sys::fs::is_directory(Folder))
      return fail("--format: " + Folder + ": no such folder");
    if (!File.empty() && sys::fs::is_directory(File))
      return fail("--format: " + File + ": is a directory");
    if (!File.empty() && any_of(Requests, [&, File = File](const auto &R) {
          return R.File == File;
        }))
      return fail("--format: two formats go to " + File);
    Requests.push_back({*Form, File.str()});
  }
  if (Requests.empty())
    Requests.push_back({});
  return Requests;
}

static Expected<std::unique_ptr<MemoryBuffer>> read(StringRef File) {
  auto Buffer = MemoryBuffer::getFile(File);
  if (!Buffer)
    return fail(File + ": " + Buffer.getError().message());
  return std::move(*Buffer);
}

static Error silence(Run &R, const OutputOptions &Opts) {
  if (Opts.Suppress.empty())
    return Error::success();
  auto Text = read(Opts.Suppress);
  if (!Text)
    return Text.takeError();
  auto File = SuppressFile::parse((*Text)->getBuffer(), Opts.Suppress);
  if (!File)
    return File.takeError();
  char Today[16];
  std::time_t Now = std::time(nullptr);
  std::tm Date;
  std::strftime(Today, sizeof(Today), "%Y-%m-%d", gmtime_r(&Now, &Date));
  for (const std::string &Line : File->apply(R, Today, Opts.Everything))
    errs() << Line << "\n";
  return Error::success();
}

static Error compare(Run &R, const OutputOptions &Opts) {
  Baseline Base;
  if (!Opts.Baseline.empty()) {
    auto Text = read(Opts.Baseline);
    if (!Text)
      return Text.takeError();
    auto Known = parseBaseline((*Text)->getBuffer(), Opts.Baseline);
    if (!Known)
      return Known.takeError();
    Base = std::move(*Known);
  }
  // The new one may be the old one: it is written when that was read.
  if (!Opts.WriteBaseline.empty())
    if (Error Wrong = writeFile(Opts.WriteBaseline, writeBaseline(R)))
      return Wrong;
  if (!Opts.Baseline.empty())
    applyBaseline(R, Base);
  return Error::success();
}

/// --fix
static Error fix(const Run &R) {
  FixedFiles Fixed = applyFixes(R);
  Error Wrong = Error::success();
  for (const auto &[File, Text] : Fixed.Texts)
    Wrong = joinErrors(std::move(Wrong),
                       writeFile(R.SourceRoot + "/" + File, Text));
  if (Fixed.Applied)
    errs() << "netdev-lint: note: " << Fixed.Applied
           << (Fixed.Applied == 1 ? " fix" : " fixes") << " applied"
           << (Fixed.LeftOut ? "; some meet others, so run it again" : "")
           << "\n";
  return Wrong;
}

int output(Run R, const OutputOptions &Opts) {
  finish(R);
  if (Error Wrong = silence(R, Opts))
    return usageError(toString(std::move(Wrong)));
  if (Error Wrong = compare(R, Opts))
    return usageError(toString(std::move(Wrong)));

  int Status = R.Findings.empty() ? 0 : Opts.ErrorExit;
  for (const OutputRequest &O : Opts.Outputs) {
    RenderOptions Render;
    Render.Color = O.File.empty() && outs().has_colors();
    Expected<std::string> Text = render(O.Form, R, Render);
    if (!Text) {
      Status = usageError(toString(Text.takeError()));
      continue;
    }
    if (O.File.empty()) {
      outs() << *Text;
      outs().flush();
      if (outs().has_error()) {
        Status =
            usageError("cannot write the output: " + outs().error().message());
        outs().clear_error();
      }
    } else if (Error Wrong = writeFile(O.File, *Text)) {
      Status = usageError(toString(std::move(Wrong)));
    }
  }
  if (Opts.Fix)
    if (Error Wrong = fix(R))
      Status = usageError(toString(std::move(Wrong)));
  if (!Opts.Quiet)
    errs() << problems(R);
  else
    for (const UnitStatus &U : R.Units)
      if (U.Status == UnitStatus::Failed)
        errs() << U.File << ": error: " << U.Reason << "\n";
  return R.anyFailed() ? 2 : Status;
}

} // namespace netdev
