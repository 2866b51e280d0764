//===- Fingerprint.h - What stays the same about a finding ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A fingerprint is XXH3-64 over
///   check, rule, function, message without line numbers, statement,
/// joined by zero bytes, plus the finding's occurrence times 2^64/phi (mod
/// 2^64), in 16 hex digits.
///
/// The statement is the text around the finding's beginning between two of
/// `;`, `{`, `}` or preprocessor lines, without comments and white space. So a
/// finding keeps its fingerprint when lines are inserted, functions move, code
/// is reformatted or wrapped, or the file is renamed; it gets another when the
/// statement, the function's name or what is said about it changes.
///
/// The occurrence counts equal findings of one file from its top. Names of
/// files are left out, so two files may hold the same fingerprint; who stores
/// fingerprints stores the file beside them (see Baseline.h).
///
/// The occurrence is added instead of hashed so that merge() can count again
/// over the parts of a run without their sources.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_FINGERPRINT_H
#define NETDEV_LINT_REPORT_FINGERPRINT_H

#include "rules/Finding.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace netdev {

/// The statements of a C file; made once per file.
class Statements {
public:
  explicit Statements(llvm::StringRef Text);
  /// The statement that \p Offset is in, normalised as said above.
  std::string at(size_t Offset) const;

private:
  /// The text without comments, white space and preprocessor lines, and for
  /// each byte of it the offset it came from.
  std::string Kept;
  std::vector<uint32_t> From;
};

/// \p Message with "line 12" and ":12:3" made "line " and ":".
std::string withoutLines(llvm::StringRef Message);

/// The fingerprint of \p F for occurrence 0; \p Statement is empty if the
/// source is not at hand.
uint64_t fingerprintKey(const Finding &F, llvm::StringRef Statement);

/// The 16 digits for the \p Occurrence-th finding of that key.
std::string fingerprint(uint64_t Key, unsigned Occurrence);

/// The inverse; nothing if \p Fingerprint is not 16 hex digits.
std::optional<uint64_t> keyOf(llvm::StringRef Fingerprint, unsigned Occurrence);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_FINGERPRINT_H
