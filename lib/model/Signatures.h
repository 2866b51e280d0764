//===- Signatures.h - The model against a kernel tree -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `--check-model`: is every row still true of this tree? Plain data, so that
/// nothing here needs Clang; lib/lower/Declarations.h makes the signatures.
///
/// How a tool runs the check on the tree at Root:
/// \code
///   // 1. Any unit of the tree gives the flags; the probe takes its place. Its
///   //    file name must be directly under Root, it need not exist on disk.
///   std::string Source = modelProbeSource(Model::builtin());
///   // 2. When Clang has parsed it (SkipFunctionBodies is fine, errors too):
///   unsigned Kernel = kernelVersion(PP);
///   Model M = Model::builtin(Kernel); // and M.add() for --kernel-api
///   for (const ModelProblem &P :
///        checkModel(M, collectSignatures(Ctx, PP, signatureNames(M))))
///     errs() << P.Text << '\n';
/// \endcode
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_MODEL_SIGNATURES_H
#define NETDEV_LINT_MODEL_SIGNATURES_H

#include "model/Model.h"

namespace netdev {

/// A C type, as far as the check looks at it.
struct SignatureType {
  enum Class : uint8_t { Void, Number, RecordPointer, FunctionPointer, Other };
  Class Is = Other;
  std::string Text;   ///< canonical spelling: `struct net_device *`
  std::string Record; ///< RecordPointer: the record's name without `struct`
  std::vector<std::string> HandlerParams; ///< FunctionPointer: their Records
};

struct SignatureField {
  std::string Name;
  SignatureType Type;
};

/// What the tree says of one name. A name may be a function and a macro.
struct Signature {
  enum KindTy : uint8_t { Function, Macro, Record } Kind = Function;
  std::string Name;
  unsigned NumParams = 0;
  bool Variadic = false;
  SignatureType Return;               ///< Function
  std::vector<SignatureType> Params;  ///< Function
  std::vector<SignatureField> Fields; ///< Record
};

struct ModelProblem {
  std::string Row;  ///< "functions: alloc_netdev_mqs"
  std::string Text; ///< one line with row, fault and the row's source
};

/// The names of functions, macros and records that \p M speaks of.
llvm::StringSet<> signatureNames(const Model &M);

/// A C file that includes what declares them, each header if the tree has it.
std::string modelProbeSource(const Model &M);

/// The rows of \p M that \p Tree shows to be dead or wrong, in row order.
std::vector<ModelProblem> checkModel(const Model &M,
                                     llvm::ArrayRef<Signature> Tree);

} // namespace netdev

#endif // NETDEV_LINT_MODEL_SIGNATURES_H
