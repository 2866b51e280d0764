//===- Check.h - The unit tests' assert -------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_TEST_UNIT_MODEL_CHECK_H
#define NETDEV_LINT_TEST_UNIT_MODEL_CHECK_H

#include "llvm/Support/raw_ostream.h"

inline int Failures = 0;

/// Unlike assert() also there in release builds, and the rest still runs.
#define CHECK(Cond)                                                            \
  do {                                                                         \
    if (!(Cond)) {                                                             \
      ++Failures;                                                              \
      llvm::errs() << __FILE__ << ':' << __LINE__ << ": " #Cond "\n";          \
    }                                                                          \
  } while (false)

/// As CHECK(Got == Want), and shows both.
#define CHECK_EQ(Got, Want)                                                    \
  do {                                                                         \
    auto G = Got;                                                              \
    if (!(G == Want)) {                                                        \
      ++Failures;                                                              \
      llvm::errs() << __FILE__ << ':' << __LINE__ << ": " #Got " is " << G     \
                   << ", not " << Want << '\n';                                \
    }                                                                          \
  } while (false)

#endif // NETDEV_LINT_TEST_UNIT_MODEL_CHECK_H
