//===- Finding.h - What a rule says -----------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The one record of a finding. Rules make it; every output form, fingerprint,
/// baseline and filter reads it.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_FINDING_H
#define NETDEV_LINT_RULES_FINDING_H

#include <cstdint>
#include <string>
#include <vector>

namespace netdev {

/// How bad it is when a rule is right: belongs to the ND rule.
enum class Grade : uint8_t { Error, Warning, Pedantic };

/// How sure a finding is. High: every call on the path is known or does not
/// matter to the object, and there is a positive witness.
enum class Precision : uint8_t { Low, Medium, High };

/// A place in a source file. File is relative to the source root; lines and
/// columns are 1-based, Offset and EndOffset in bytes; Line 0 means unknown.
struct Position {
  std::string File;
  uint32_t Line = 0, Column = 0, Offset = 0;
  uint32_t EndLine = 0, EndColumn = 0, EndOffset = 0;
};

/// One step of the path to a fault, in the order of events.
struct Step {
  Position Where;
  std::string Function;
  std::string Message;
  std::string State; ///< state of the device after it ("registered"), or empty
};

/// Replace [Offset, Offset+Length) of File by Text.
struct Edit {
  std::string File;
  uint32_t Offset = 0, Length = 0;
  std::string Text;
  /// Before Text comes what stands there now; 0 once fillFixes() has put it in.
  uint32_t CopyFrom = 0, CopyLength = 0;
};

struct Fix {
  std::string Message;
  std::vector<Edit> Edits;
};

struct Finding {
  std::string Check; ///< "netdev-double-free"
  std::string Rule;  ///< "ND-L03"
  Precision Trust = Precision::High;
  std::string Message;
  Position Where;
  std::string Function; ///< the function Where is in
  std::vector<Step> Steps;
  std::vector<Fix> Fixes;
};

} // namespace netdev

#endif // NETDEV_LINT_RULES_FINDING_H
