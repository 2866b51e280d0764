//===- Run.h - What one analysis found --------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The one record that every output form is made from. A run is filled with
/// units and findings in any order; finish() puts it in canonical form.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_RUN_H
#define NETDEV_LINT_REPORT_RUN_H

#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <optional>

namespace netdev {

/// What became of one file that was asked for.
struct UnitStatus {
  enum Kind : uint8_t { Skipped, Analysed, Failed };
  std::string File; ///< relative to the source root
  Kind Status = Analysed;
  std::string Reason; ///< why it was skipped or failed; one line
};

/// Something the user must know that is no finding: a budget that ran out, a
/// model row whose function the tree lacks, a result list that was cut.
struct Notice {
  std::string File; ///< may be empty
  std::string Message;
};

/// Who silenced a finding.
struct Suppression {
  enum Kind : uint8_t {
    InSource, ///< NOLINT in the code
    External  ///< a line of the --suppress file
  };
  Kind Where = InSource;
  std::string Justification; ///< may be empty
};

/// A finding with what identifies it from run to run.
struct Result : Finding {
  Result() = default;
  Result(Finding F) : Finding(std::move(F)) {}

  /// 16 hex digits, see Fingerprint.h; set by finish().
  std::string Fingerprint;
  /// How many equal findings stand before it in its file.
  unsigned Occurrence = 0;
  /// GitHub's primaryLocationLineHash, see LineHash.h; set by finish(), empty
  /// if the source could not be read.
  std::string LineHash;
  /// Only for those in Run::Suppressed.
  Suppression Silence;
};

/// The text of a file, by its name relative to the source root; nothing if it
/// cannot be read. What it returns must stay valid as long as the run.
using SourceAccess =
    std::function<std::optional<llvm::StringRef>(llvm::StringRef)>;

struct Run {
  std::string ToolVersion; ///< "0.1.0"
  std::string LLVMVersion; ///< "22.1.8"
  std::string Tree;        ///< name and version, "linux 6.12.117"; may be empty
  /// Absolute path of the source root. Printed only where RenderOptions asks.
  std::string SourceRoot;

  std::vector<UnitStatus> Units;
  std::vector<Result> Findings;
  std::vector<Result> Suppressed;
  std::vector<Notice> Notices;

  /// May be null: no snippets then, and new findings get weaker fingerprints.
  SourceAccess Source;

  /// Appends \p New to Findings.
  void add(std::vector<Finding> New);
  /// The text of \p File by Source; nothing if there is none.
  std::optional<llvm::StringRef> source(llvm::StringRef File) const;
  bool anyFailed() const;
};

/// An accessor that reads files under \p Root once and keeps them; refuses
/// absolute names and names that leave the root. Not for use by two threads.
SourceAccess readSourcesBelow(llvm::StringRef Root);

/// The canonical form: all lists sorted, each finding once (of two at the same
/// place with the same rule and message the more trusted, then the one with
/// fewer steps; a suppressed one wins), fingerprints and line hashes filled in.
/// Call it before filtering. Idempotent; what has a fingerprint keeps it.
void finish(Run &R);

/// One run from the parts of a run that was split in any way: associative,
/// order-free, and the same bytes as the whole. A unit is failed if it failed
/// in any part, else analysed if it was in any. Source and SourceRoot are
/// taken from the first part. Fails if there are no parts, or when they are of
/// different tools, LLVM versions or trees.
llvm::Expected<Run> merge(llvm::ArrayRef<Run> Parts);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_RUN_H
