//===- Rows.h - The rows of a kernel API file -------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The form of kernel-api.json and of the files given by --kernel-api: reads
/// all of one file, strictly, before the model takes any of it.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_MODEL_ROWS_H
#define NETDEV_LINT_MODEL_ROWS_H

#include "model/Model.h"

namespace netdev {

/// A row with the kernels it is about, before the ones that hold are chosen.
template <typename T> struct Ranged {
  T Value;
  std::string Key; ///< rows of equal key are about the same thing
  unsigned Since = 0, Until = 0;

  /// True if the row is about \p Kernel.
  bool holds(unsigned Kernel) const {
    return Kernel >= Since && (!Until || Kernel < Until);
  }
};

/// What one file says.
struct FileRows {
  std::vector<Ranged<ApiFunction>> Functions;
  std::vector<Ranged<ApiCallback>> Callbacks;
  std::vector<Ranged<ApiObject>> Objects;
  std::vector<Ranged<ApiFieldBinding>> FieldBindings, UsedByCore;
  std::vector<Ranged<ApiClass>> Classes;
  std::vector<std::string> Headers, TooLate, Benign, Harmless;
  llvm::StringSet<> Optional; ///< what a row said to be "optional" is about
};

/// Reads the file text \p Json. Fails with the place in \p FileName and the
/// reason at the first thing that is wrong.
llvm::Expected<FileRows> readRows(llvm::StringRef Json,
                                  llvm::StringRef FileName);

/// "struct.field": callbacks of equal key are about the same slot.
std::string keyOf(const ApiCallback &C);
/// "record.field": bindings of equal key are about the same member.
std::string keyOf(const ApiFieldBinding &B);

} // namespace netdev

#endif // NETDEV_LINT_MODEL_ROWS_H
