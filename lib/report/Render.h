//===- Render.h - A run in the forms people and tools read ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One entry for all output forms. Output depends on the run alone: no times,
/// no absolute paths, no locale, the same for any order of findings.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_RENDER_H
#define NETDEV_LINT_REPORT_RENDER_H

#include "report/Run.h"

namespace netdev {

enum class Format : uint8_t {
  Text,       ///< clang's form with snippets and notes, a summary last
  Kernel,     ///< one line per finding
  Json,       ///< our own, version 1; read back by parseRun()
  Sarif,      ///< 2.1.0
  Html,       ///< one self-contained page
  GitHub,     ///< workflow commands
  CodeClimate ///< GitLab's code quality report
};

/// The format called \p Name on the command line ("text", "sarif", …).
std::optional<Format> parseFormat(llvm::StringRef Name);

struct RenderOptions {
  bool Color = false;   ///< text: ANSI colours
  bool Snippets = true; ///< text: the source line under each finding and note
  /// SARIF: give Run::SourceRoot as the uri of SRCROOT.
  bool AbsoluteRoot = false;
  /// SARIF: more results than this are cut, the worst and surest kept; GitHub
  /// shows no more than 5,000 of a run.
  unsigned MaxResults = 5000;
};

/// \p R in the form \p F, ending in a newline unless empty. The run need not
/// be finished. Fails only if the form cannot be made of this run.
llvm::Expected<std::string> render(Format F, const Run &R,
                                   const RenderOptions &Opts = {});

/// The run that Format::Json was made of, without Source and SourceRoot.
/// \p Name is the file's name, for the message. Fails on text that is cut
/// short, is not from netdev-lint, is of another version, or lacks a field.
llvm::Expected<Run> parseRun(llvm::StringRef Text, llvm::StringRef Name);

/// What went wrong and what was cut short, for stderr: one line each,
/// "FILE: error: REASON" for failed units, "FILE: note: MESSAGE" for notices.
std::string problems(const Run &R);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_RENDER_H
