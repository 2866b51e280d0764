//===- ClangCompat.h - What differs between LLVM versions -------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Every `#if` on the LLVM version, for 19 to 22. Where an interface moved or
/// changed its form, one name here stands for all of them.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_LOWER_CLANGCOMPAT_H
#define NETDEV_LINT_LOWER_CLANGCOMPAT_H

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/Version.inc"
#include "llvm/Option/OptTable.h"

#if CLANG_VERSION_MAJOR >= 22
#include "clang/Options/Options.h"
#else
#include "clang/Driver/Options.h"
#endif

namespace netdev::compat {

/// clang's own table of command line options (moved in LLVM 22).
inline const llvm::opt::OptTable &driverOptions() {
#if CLANG_VERSION_MAJOR >= 22
  return clang::getDriverOptTable();
#else
  return clang::driver::getDriverOptTable();
#endif
}

/// The options that the gcc-like driver takes.
inline unsigned driverVisibility() {
#if CLANG_VERSION_MAJOR >= 22
  return clang::options::ClangOption;
#else
  return clang::driver::options::ClangOption;
#endif
}

/// A diagnostics engine of its own, and the options that it refers to
/// (LLVM 21 took them out of reference counting).
class Diagnostics {
public:
  /// Takes \p Consumer without owning it.
  explicit Diagnostics(clang::DiagnosticConsumer *Consumer)
#if CLANG_VERSION_MAJOR >= 21
      : Engine(new clang::DiagnosticsEngine(clang::DiagnosticIDs::create(),
                                            Options, Consumer,
                                            /*ShouldOwnClient=*/false)){}
#else
      : Options(new clang::DiagnosticOptions),
        Engine(new clang::DiagnosticsEngine(new clang::DiagnosticIDs, Options,
                                            Consumer,
                                            /*ShouldOwnClient=*/false)) {
  }
#endif
        clang::DiagnosticsEngine
        & engine() {
    return *Engine;
  }

private:
#if CLANG_VERSION_MAJOR >= 21
  clang::DiagnosticOptions Options;
#else
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> Options;
#endif
  llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> Engine;
};

} // namespace netdev::compat

#endif // NETDEV_LINT_LOWER_CLANGCOMPAT_H
