//===- JsonRow.h - One strictly read JSON row -------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads the members of one JSON object that has a known form, and says what is
/// wrong with it. What the members mean is Rows.h's business.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_MODEL_JSONROW_H
#define NETDEV_LINT_MODEL_JSONROW_H

#include "model/Model.h"
#include "llvm/ADT/Twine.h"
#include <nlohmann/json.hpp>

namespace netdev {

/// How a value of an enumeration is written.
template <typename T> struct Word {
  const char *Text;
  T Value;
};

/// Reads the members of one row. The first thing wrong with it is kept in
/// \p Wrong; members read after that have no meaning.
class JsonRow {
public:
  /// \p J and \p Wrong must outlive the row; members not in \p Known are wrong.
  JsonRow(const nlohmann::json &J, std::string &Wrong,
          llvm::ArrayRef<llvm::StringRef> Known);

  /// Keeps \p What if nothing was wrong before.
  void fail(const llvm::Twine &What);

  /// The text at \p Key; empty only if it is not \p Required.
  std::string text(const char *Key, bool Required = true);
  /// The boolean at \p Key; false if there is none.
  bool flag(const char *Key);
  /// The texts of the array at \p Key; none if there is none.
  std::vector<std::string> names(const char *Key);
  /// The argument index at \p Key; -1 if there is none.
  int index(const char *Key);
  /// The place in a call at \p Key.
  Where where(const char *Key, bool Required);

  /// The value of the word at \p Key; that of the first word if there is none.
  template <typename T, size_t N>
  T word(const char *Key, const Word<T> (&Table)[N], bool Required = false) {
    std::string Text = text(Key, Required);
    if (Text.empty())
      return Table[0].Value;
    for (const Word<T> &W : Table)
      if (Text == W.Text)
        return W.Value;
    std::string All;
    for (const Word<T> &W : Table)
      All += std::string(All.empty() ? "" : ", ") + W.Text;
    fail(llvm::Twine("unknown ") + Key + " '" + Text + "' (known: " + All +
         ")");
    return Table[0].Value;
  }

  /// The kernels the row is about, as LINUX_VERSION_CODE; Until 0: no end.
  unsigned Since = 0, Until = 0;

private:
  const nlohmann::json *get(const char *Key);
  int index(const nlohmann::json &V, const char *Key);
  unsigned ver(const char *Key);

  const nlohmann::json &J;
  std::string &Wrong;
};

} // namespace netdev

#endif // NETDEV_LINT_MODEL_JSONROW_H
