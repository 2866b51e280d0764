//===- Wire.h - A result on its way between processes -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_PROJECT_WIRE_H
#define NETDEV_LINT_PROJECT_WIRE_H

#include "project/Analysis.h"

namespace netdev {

/// All of \p R as bytes, for another process of the same binary only. Unlike
/// JSON it carries any byte and every field.
std::string toWire(const UnitResult &R);
std::string toWire(const std::vector<UnitResult> &Rs);

/// Fills \p R from \p Bytes. False if they are not a whole result.
bool fromWire(llvm::StringRef Bytes, UnitResult &R);
bool fromWire(llvm::StringRef Bytes, std::vector<UnitResult> &Rs);

} // namespace netdev

#endif // NETDEV_LINT_PROJECT_WIRE_H
