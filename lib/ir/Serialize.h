//===- Serialize.h - Facts as files -----------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts to and from their stored form.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_IR_SERIALIZE_H
#define NETDEV_LINT_IR_SERIALIZE_H

#include "ir/IR.h"
#include "llvm/Support/Error.h"
#include <optional>

namespace netdev::ir {

/// \p U as deterministic JSON text, for other programs and other machines.
std::string store(const Unit &U);

/// The unit stored in \p Text. Fails on text that is not facts, is cut short,
/// or is of another FactsVersion; the message says which.
llvm::Expected<Unit> load(llvm::StringRef Text);

/// \p U as deterministic bytes, several times quicker to read: for caches and
/// between processes of one build of netdev-lint.
std::string pack(const Unit &U);

/// The unit packed in \p Bytes; nothing if they are no whole one.
std::optional<Unit> unpack(llvm::StringRef Bytes);

} // namespace netdev::ir

#endif // NETDEV_LINT_IR_SERIALIZE_H
