//===- Usage.h - Who uses which member, from which callback -----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Type-level facts, free of any path: for each member (record, field), where
/// it is read, armed, cancelled, initialised or destroyed, and from which
/// callback that place can be reached. Gives the witness of the order rules.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_USAGE_H
#define NETDEV_LINT_ENGINE_USAGE_H

#include "engine/Program.h"
#include <map>

namespace netdev {

enum class UseKind : uint8_t { Read, Write, Test, Address, Object };

/// One use of a member in a function.
struct Use {
  FieldKey Key;
  UseKind Kind = UseKind::Read;
  const ApiObject *Row = nullptr; ///< Object: what the call does to it
  bool Loaded = false;            ///< Object: the call gets the member's value
  FuncId In = NoFunc;
  uint32_t Block = 0, Inst = 0;
};

/// Something outside that can call into the driver: a slot of a table, a bound
/// handler, or (neither) a function that is stored, or given to one whose body
/// is not at hand.
struct Caller {
  FuncId Func = NoFunc;
  const Slot *Table = nullptr;
  const Binding *Handler = nullptr;
};

/// A call chain from a caller down to a use.
struct Witness {
  const Caller *From = nullptr;
  std::vector<FuncId> Chain; ///< From's function first, the use's last
  const Use *At = nullptr;
};

class Usage {
public:
  explicit Usage(Program &P);

  llvm::ArrayRef<Use> usesOf(FieldKey K) const;
  /// All members that are used, with their uses.
  llvm::ArrayRef<std::pair<FieldKey, llvm::ArrayRef<Use>>> all() const {
    return Members;
  }
  llvm::ArrayRef<Use> usesIn(FuncId F) const {
    return llvm::ArrayRef(Uses).slice(FirstIn[F], FirstIn[F + 1] - FirstIn[F]);
  }
  llvm::ArrayRef<Caller> callers() const { return Callers; }
  /// Functions that may run when \p F is called, \p F first.
  const std::vector<FuncId> &closure(FuncId F) { return P.closure(F); }
  /// True if \p F itself calls a function of role \p R by name.
  bool does(FuncId F, Role R) const { return P.does(F, R); }
  /// True if \p F calls the driver's own code in a unit that is not at hand, or
  /// through a pointer.
  bool leavesUnit(FuncId F) const { return Leaves[F]; }
  /// True if what \p F may run calls a function of role \p R by name.
  bool mayDo(FuncId F, Role R) { return P.mayDo(F, R); }
  /// True if such a call, or a call that leads to it, is in a loop of \p F or
  /// of what it may run: how many devices it is made for is not known.
  bool mayDoInLoop(FuncId F, Role R);
  /// The shortest chain from \p From to \p To through direct calls; empty if
  /// there is none.
  std::vector<FuncId> chain(FuncId From, FuncId To);
  /// The line of each call along \p Chain: earlier calls compare less.
  std::vector<uint32_t> callLines(llvm::ArrayRef<FuncId> Chain) const;
  /// True if \p Fn(use) holds for a use of \p K in what \p F may run.
  template <typename Pred> const Use *findIn(FuncId F, FieldKey K, Pred Fn) {
    for (const Use &U : usesOf(K))
      if (Fn(U) && P.runs(F, U.In))
        return &U;
    return nullptr;
  }
  /// Records that netdev_priv() is given out as.
  const std::set<NameId> &privateRecords() const { return Private; }
  /// True if a member of \p Rec lies inside a private area: \p Rec is one, or
  /// is embedded in one.
  bool isPrivate(NameId Rec) const { return PrivateDeep.count(Rec) != 0; }
  /// True if the member \p K is a number, and leads nowhere.
  bool isScalar(FieldKey K) const { return Scalars.count(K) != 0; }
  /// True if \p Rec is one of \p Outer, or lies by value inside one of them.
  bool isWithin(NameId Rec, const std::set<NameId> &Outer) const;
  /// \p F itself releases memory that it knows as a \p Record.
  bool releases(FuncId F, NameId Record) const;
  /// \p Call allocates memory.
  bool allocates(const ir::Unit &Unit, const ir::Inst &Call) const;
  /// \p Value in \p F is memory that it has just got.
  bool isMade(FuncId F, ir::ExprId Value) const;
  /// The slots of \p Struct.\p Field over all tables.
  std::vector<const Slot *> slots(llvm::StringRef Struct,
                                  llvm::StringRef Field) const;

private:
  void sortByMember();
  void scan(FuncId F);
  void given();
  void member(FuncId F, ir::ExprId E);
  void scanExpr(FuncId F, ir::ExprId E, uint32_t B, uint32_t I, bool Tested);
  void add(FuncId F, FieldKey K, UseKind Kind, const ApiObject *Row, uint32_t B,
           uint32_t I, bool Loaded = false);

  Program &P;
  std::vector<llvm::BitVector> SeenFields; ///< by unit and expression
  std::vector<Use> Uses;                   ///< in the order of the functions
  std::vector<size_t> FirstIn; ///< by function, and the end of the last
  std::vector<Use> Sorted;     ///< by member
  std::vector<std::pair<FieldKey, llvm::ArrayRef<Use>>> Members; ///< sorted
  std::vector<bool> Leaves;
  std::vector<Caller> Callers;
  std::set<NameId> Private, PrivateDeep;
  std::set<FieldKey> Scalars;
  std::map<NameId, std::set<NameId>> Embeds;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_USAGE_H
