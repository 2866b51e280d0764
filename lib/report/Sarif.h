//===- Sarif.h - Parts of the SARIF renderer --------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Private to the room. SARIF 2.1.0 (OASIS), with what GitHub code scanning
/// asks for beyond it ("SARIF support for code scanning").
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_SARIF_H
#define NETDEV_LINT_REPORT_SARIF_H

#include "report/Renderers.h"
#include "report/Source.h"
#include "rules/Registry.h"
#include <map>

namespace netdev {

/// "error", "warning" or "note".
const char *sarifLevel(Grade G);

/// \p S as SARIF wants messages: valid UTF-8, with a full stop, and with a
/// capital unless it begins with a name of the code.
std::string sarifSentence(llvm::StringRef S);

/// tool.driver.rules: all checks of the registry, in its order, then those
/// that only \p R knows.
nlohmann::ordered_json sarifRules(const Run &R);

/// Makes physical locations; reads each file's lines once.
class SarifPlaces {
public:
  explicit SarifPlaces(const Run &R) : R(R) {}

  nlohmann::ordered_json artifact(llvm::StringRef File) const;
  /// All four fields, columns in UTF-16 units where the source can be read.
  nlohmann::ordered_json region(const Position &P);
  nlohmann::ordered_json physical(const Position &P, bool WithSnippet = false);
  /// The bytes [\p Offset, \p Offset + \p Length) of \p File.
  nlohmann::ordered_json bytes(llvm::StringRef File, uint32_t Offset,
                               uint32_t Length);

private:
  const LineTable *lines(llvm::StringRef File);

  const Run &R;
  std::map<std::string, std::optional<LineTable>> Files;
};

} // namespace netdev

#endif // NETDEV_LINT_REPORT_SARIF_H
