//===- Source.h - Places in source text -------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Small helpers over the text of one file and over text that is printed.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_SOURCE_H
#define NETDEV_LINT_REPORT_SOURCE_H

#include "rules/Finding.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

namespace netdev {

/// Line and column, 1-based; the column in whatever unit the maker says.
struct LineColumn {
  uint32_t Line = 1, Column = 1;
};

/// Where the lines of a file begin. \p Text must outlive it.
class LineTable {
public:
  explicit LineTable(llvm::StringRef Text);

  unsigned lines() const { return Starts.size(); }
  /// The 1-based line \p N without its line end; empty if there is none.
  llvm::StringRef line(uint32_t N) const;
  /// The byte offset of a 1-based line and byte column, clamped to the text.
  size_t offset(uint32_t Line, uint32_t Column) const;
  /// Line and byte column of \p Offset, clamped to the text.
  LineColumn at(size_t Offset) const;

private:
  llvm::StringRef Text;
  std::vector<size_t> Starts;
};

/// The 1-based column in UTF-16 units (SARIF's default) of the 1-based byte
/// column \p Column of \p Line. An invalid byte counts as one unit.
uint32_t utf16Column(llvm::StringRef Line, uint32_t Column);

/// \p S on one line and without control characters: line ends and tabs become
/// a space, other control characters \xNN.
std::string oneLine(llvm::StringRef S);

/// "drivers/net/a b.c" as a relative URI reference: "drivers/net/a%20b.c".
std::string uriOf(llvm::StringRef Path);

/// \p S with every byte that is not valid UTF-8 replaced by U+FFFD.
std::string validUtf8(llvm::StringRef S);

/// Decodes the UTF-8 character at the start of \p S, which must not be empty:
/// its code point and length in bytes; U+FFFD and the length of the wrong part
/// if it is not valid (as WHATWG's decoder does, which Node uses).
std::pair<uint32_t, unsigned> decodeUtf8(llvm::StringRef S);

/// An error that says \p Message.
llvm::Error failure(const llvm::Twine &Message);

llvm::StringRef name(Precision P); ///< "high", "medium", "low"

} // namespace netdev

#endif // NETDEV_LINT_REPORT_SOURCE_H
