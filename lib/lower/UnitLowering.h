//===- UnitLowering.h - One translation unit to facts -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the lowering of all functions of a unit shares: names, types, places,
/// globals, and which functions are worth lowering. Private to lib/lower.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_LOWER_UNITLOWERING_H
#define NETDEV_LINT_LOWER_UNITLOWERING_H

#include "ir/IR.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringMap.h"

namespace netdev {

class UnitLowering {
public:
  UnitLowering(clang::ASTContext &Ctx, llvm::StringRef Root);

  /// Lowers every function and table that counts.
  ir::Unit run(uint32_t Kernel);

  ir::Unit &unit() { return U; }
  clang::ASTContext &context() { return Ctx; }

  /// File name as users see it: relative to the source root where it is below.
  std::string relative(llvm::StringRef File) const;
  ir::Loc loc(clang::SourceRange R);
  ir::StrId type(clang::QualType T);
  /// Name of a record: its tag, its typedef, or owner.member for one without.
  std::string recordName(const clang::RecordDecl *R);
  /// Outermost macro whose body (not whose argument) gave the code at \p L.
  ir::StrId macroOf(clang::SourceLocation L);
  /// Remembers that a header's function is called at a scope's end.
  void needsBody(const clang::FunctionDecl *F);
  /// Notes that what is lowered calls \p F or takes its address: an inline
  /// function of a header is lowered only then. Most of those are for other
  /// files (a header of tracepoints has hundreds).
  void uses(const clang::FunctionDecl *F);
  /// Lowers the initialiser of \p V, a static local of \p Owner or a global.
  void global(const clang::VarDecl *V, llvm::StringRef Owner);
  /// Name of a variable or function; of a variable that outlives calls as a
  /// whole program knows it ("function.name" of a static local).
  std::string name(const clang::NamedDecl *D);
  std::string globalName(const clang::VarDecl *V);

private:
  bool ownCode(clang::SourceLocation L);
  bool onDemand(const clang::FunctionDecl *F) const;
  void initialiser(ir::Global &G, const std::string &Path,
                   const clang::Expr *Init);
  void moduleHooks(const clang::FunctionDecl *F);
  void moduleHooks(const clang::VarDecl *V);

  clang::ASTContext &Ctx;
  ir::Unit U;
  std::string Root;
  llvm::DenseMap<const void *, ir::StrId> TypeCache;
  llvm::DenseMap<unsigned, ir::StrId> FileCache;
  llvm::DenseMap<unsigned, bool> OwnCache;
  llvm::SmallPtrSet<const clang::FunctionDecl *, 8> Wanted;
  std::vector<const clang::FunctionDecl *> Queue;
  llvm::DenseMap<const clang::RecordDecl *, std::string> AnonymousName;
  llvm::StringMap<unsigned> CountedNames; ///< in order of appearance
};

} // namespace netdev

#endif // NETDEV_LINT_LOWER_UNITLOWERING_H
