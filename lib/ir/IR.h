//===- IR.h - Facts of one translation unit ---------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The facts of a unit: its functions as small control-flow graphs over access
/// paths, and the values its global tables start with. Made by lib/lower, read
/// by lib/engine; nothing here knows Clang or the kernel.
///
/// An access path is an address expression. `p->dev` used as a value is
/// Load(Field(Load(Local p), dev)); `&p->dev` is Field(Load(Local p), dev).
/// A dereference is therefore exactly a Load of, or a store to, an address
/// that hangs off a loaded pointer.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_IR_IR_H
#define NETDEV_LINT_IR_IR_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>
#include <vector>

namespace netdev::ir {

/// Bumped on every change to the meaning or the form of stored facts.
constexpr unsigned FactsVersion = 1;

/// Index into Unit::Strings; 0 is the empty string.
using StrId = uint32_t;
/// Index into Unit::Exprs; 0 is the Unknown expression.
using ExprId = uint32_t;

/// A range in a source file, at the expansion place for code from macros.
/// Lines and columns are 1-based, offsets in bytes; Line 0 means no place.
struct Loc {
  StrId File = 0;
  uint32_t Line = 0, Col = 0, Offset = 0;
  uint32_t EndLine = 0, EndCol = 0, EndOffset = 0;
};

enum class ExprKind : uint8_t {
  Unknown,     ///< nothing is known of this value
  Int,         ///< Int; NULL is 0, false is 0
  Str,         ///< string literal Name
  Func,        ///< address of the function Name
  Local,       ///< address of Function::Vars[Int]
  Global,      ///< address of the global (or static local) Name
  Field,       ///< address of field Name of the Record at address A
  Index,       ///< address of element B of the array at address A
  Load,        ///< value stored at address A
  Temp,        ///< result Int of an earlier call or ?: arm of this function
  Unary,       ///< Op A; Op is one of ! - ~
  Binary,      ///< A Op B; Op as in C
  ContainerOf, ///< address of the Record whose field Name is at address A
};

struct Expr {
  ExprKind Kind = ExprKind::Unknown;
  StrId Name = 0;
  StrId Record = 0; ///< Field, ContainerOf: owner's name, without "struct"
  StrId Type = 0;   ///< C type of the field or global, canonical spelling
  StrId Op = 0;
  ExprId A = 0, B = 0;
  int64_t Int = 0;
  bool operator==(const Expr &O) const {
    return Kind == O.Kind && Name == O.Name && Record == O.Record &&
           Type == O.Type && Op == O.Op && A == O.A && B == O.B && Int == O.Int;
  }
};

enum class InstKind : uint8_t {
  Assign, ///< *Dst = Value, or Temp = Value when Temp >= 0
  Call,   ///< Temp = Callee(Args), or (*Target)(Args) when Callee is empty
  Eval,   ///< Value is evaluated and dropped (a dereference may matter)
};

struct Inst {
  InstKind Kind = InstKind::Eval;
  bool Cleanup = false; ///< Call made by __free()/guard() at the scope's end
  bool Init = false;    ///< Assign that is a declaration's initialiser
  ExprId Dst = 0, Value = 0;
  StrId Callee = 0;
  ExprId Target = 0;
  std::vector<ExprId> Args;
  int64_t Temp = -1;
  StrId Macro = 0; ///< outermost macro this came from (INIT_WORK, ...), or 0
  StrId Type = 0;  ///< Call: result type. Assign: type of the value
  Loc Where;
};

enum class TermKind : uint8_t { Jump, Branch, Switch, Return, Unreachable };

struct SwitchCase {
  int64_t Lo = 0, Hi = 0; ///< inclusive range of values
  uint32_t Succ = 0;
};

struct Terminator {
  TermKind Kind = TermKind::Unreachable;
  ExprId Cond = 0;   ///< Branch, Switch; Return: the value (0: none)
  uint32_t Succ = 0; ///< Jump; Branch: when Cond != 0; Switch: default
  uint32_t Else = 0; ///< Branch: when Cond == 0
  std::vector<SwitchCase> Cases;
  Loc Where;
};

struct Block {
  std::vector<Inst> Insts;
  Terminator Term;
};

struct Var {
  StrId Name = 0;
  StrId Type = 0;
  StrId CleanupFn = 0; ///< function of the cleanup attribute, or 0
};

/// Where a statement stands in the function's file, in bytes: what a fix can
/// take out, move, or put something before.
struct Stmt {
  uint32_t Begin = 0;    ///< of its first line
  uint32_t Indent = 0;   ///< what stands before it on that line
  uint32_t End = 0;      ///< past its last line if Alone, else past its end
  uint32_t Parent = 0;   ///< of the `{` of its block
  uint32_t Brace = 0;    ///< where a `{` would go that makes it a block, or 0
  bool Alone = false;    ///< it has its lines for itself, up to the `;`
  bool Labelled = false; ///< a jump may lead here
  bool Needed = false;   ///< nothing could stand there instead of it
};

struct Function {
  StrId Name = 0;
  StrId ReturnType = 0;
  bool Static = false;
  bool Variadic = false;
  bool Defined = true;
  uint32_t NumParams = 0; ///< Vars[0..NumParams) are the parameters
  std::vector<Var> Vars;
  std::vector<Block> Blocks; ///< Blocks[0] is the entry
  std::vector<Stmt> Stmts;   ///< in the order of the text
  Loc Where;
};

/// Calls \p Do with each block that \p T, const or not, names.
template <typename Term, typename Fn>
void eachSuccessor(Term &T, const Fn &Do) {
  if (T.Kind == TermKind::Return || T.Kind == TermKind::Unreachable)
    return;
  Do(T.Succ);
  if (T.Kind == TermKind::Branch)
    Do(T.Else);
  for (auto &C : T.Cases)
    Do(C.Succ);
}
/// The blocks that control may go to from \p T.
llvm::SmallVector<uint32_t, 2> successors(const Terminator &T);
/// True if control may come from the start of block \p From of \p F to that of
/// \p To, over no edge (from, to) that \p Cut holds for. A block is not taken
/// to reach itself without a loop.
bool mayReach(const Function &F, uint32_t From, uint32_t To,
              llvm::function_ref<bool(uint32_t, uint32_t)> Cut);
bool mayReach(const Function &F, uint32_t From, uint32_t To);
/// The same from where \p F begins: its first block is reached.
bool isReached(const Function &F, uint32_t To,
               llvm::function_ref<bool(uint32_t, uint32_t)> Cut);
/// True if what is read in block \p B decides whether control comes to \p To.
bool decides(const Function &F, uint32_t B, uint32_t To);

/// One known value inside a global's initialiser: Path is "ndo_open" or
/// "driver.pm" or "[3].name"; Value a Func, Global, Int or Str expression.
struct InitValue {
  StrId Path = 0;
  ExprId Value = 0;
  Loc Where;
};

struct Global {
  StrId Name = 0; ///< static locals are "function.name"
  StrId Type = 0;
  StrId Record = 0; ///< record of the variable or of its elements, or 0
  bool Static = false;
  std::vector<InitValue> Init;
  Loc Where;
};

/// Facts of one unit. Deterministic: the same source and flags give the same
/// bytes, whatever LLVM made them.
struct Unit {
  std::string File;    ///< main file, relative to the source root
  uint32_t Kernel = 0; ///< LINUX_VERSION_CODE of the tree, 0 if unknown
  StrId ModuleInit = 0, ModuleExit = 0; ///< functions given to module_init()
  std::vector<std::string> Strings{""};
  std::vector<Expr> Exprs{Expr{}};
  std::vector<Function> Functions;
  std::vector<Global> Globals;
  /// Functions declared in own code whose bodies are in other units.
  std::vector<StrId> Elsewhere;

  /// The id of \p S, added if new.
  StrId str(llvm::StringRef S);
  /// The id of \p E, added if new: equal expressions have equal ids.
  ExprId expr(const Expr &E);
  llvm::StringRef text(StrId I) const { return Strings[I]; }
  const Expr &get(ExprId I) const { return Exprs[I]; }

private:
  llvm::StringMap<StrId> StrIndex;
  llvm::DenseMap<uint64_t, std::vector<ExprId>> ExprIndex;
};

/// Joins the blocks of \p F, a function of \p U, that always follow one
/// another, and takes out those that no control comes to or in which nothing
/// happens: two of three, for compile-time assertions and IS_ENABLED() leave
/// them behind in every inline function of the kernel's headers.
void simplify(const Unit &U, Function &F);

/// True if every id in \p U, which was read from somewhere, leads to something,
/// and operands come before their users, so that every walk over them ends.
bool isSound(const Unit &U);

/// True if the result \p Temp of a call is part of \p E.
bool mentions(const Unit &U, ExprId E, int64_t Temp);

/// `i32`, `u64`: a number, as lowering spells its type.
bool isNumber(llvm::StringRef Type);

/// \p E as C text, for messages and dumps: `priv->netdev`, `&p->work`.
std::string toC(const Unit &U, const Function *F, ExprId E);

/// \p U as text for people and tests (`netdev-lint lower --dump`).
std::string dump(const Unit &U);

} // namespace netdev::ir

#endif // NETDEV_LINT_IR_IR_H
