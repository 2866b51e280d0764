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

namespace netdev::ir {

/// \p U as deterministic JSON text (\p Binary: CBOR of the same).
std::string store(const Unit &U, bool Binary = false);

/// The unit stored in \p Bytes (either form). Fails on bytes that are not
/// facts, are cut short, or are of another FactsVersion; the message says
/// which.
llvm::Expected<Unit> load(llvm::StringRef Bytes);

} // namespace netdev::ir

#endif // NETDEV_LINT_IR_SERIALIZE_H
