//===- Program.h - The linked functions and tables of a module --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts of one or more units, joined by name: functions, tables of callbacks,
/// and cheap summaries of what a function may do.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_PROGRAM_H
#define NETDEV_LINT_ENGINE_PROGRAM_H

#include "engine/CallSite.h"
#include "engine/Flow.h"
#include "engine/NameSet.h"
#include "engine/SortedSet.h"
#include "engine/Value.h"
#include "ir/IR.h"
#include "model/Idioms.h"
#include "model/Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"
#include <deque>
#include <map>
#include <optional>
#include <set>

namespace netdev {

using FuncId = uint32_t;
constexpr FuncId NoFunc = ~0u;

/// What a loop over devices does to them.
enum class Sweep : uint8_t {
  None,
  Unseen, ///< calls the driver's own code that is not at hand
  Ends,   ///< unregisters or frees them
};

/// What a name stands for where it is called in a unit.
struct Callee {
  const ApiFunction *Api = nullptr;
  llvm::ArrayRef<ApiObject> Objects;
  const HelperRow *Helper = nullptr;
  FuncId Body = NoFunc;   ///< NoFunc if it is not at hand
  bool Elsewhere = false; ///< isElsewhere()
  RcuStep Step = RcuStep::None;
  int Section = 0; ///< atomicSection()
  bool SetsAtomic = false;
};

/// A call by name of a function of the model.
struct ApiCall {
  const ApiFunction *Api = nullptr;
  uint32_t Block = 0, Inst = 0;
};

struct FuncInfo {
  const ir::Unit *U = nullptr;
  uint32_t UnitIndex = 0;
  const ir::Function *F = nullptr;
  bool Foreign = false; ///< of another module: followed, but not judged
  std::string Name;
  std::vector<FuncId> Callees; ///< direct ones with a body, in order
  std::vector<FuncId> Callers;
  std::vector<const ir::Inst *> Calls; ///< in the order of its blocks
  std::vector<ApiCall> Apis;           ///< in the order of its blocks
  uint64_t Roles = 0; ///< a bit for each of the functions it calls by name
  /// It, or what it calls, does something to a device, a resource, a lock or
  /// driver data: worth executing in a caller's state.
  bool Interesting = false;
  /// It, or what it calls, does something to a device, a reference, a notifier
  /// or the RTNL, waits for work, or frees what work is in: all that counts
  /// outside probe and remove.
  bool Lifetime = false;
  /// It, or what it calls, insists on the RTNL: counts as well, but where it is
  /// known to be held and nothing is followed.
  bool AssertsRtnl = false;
  bool Small = false; ///< isSmallHelper()
  /// It begins or ends a section in which nobody may sleep, not both.
  bool WrapsSection = false;
  uint8_t ReturnSigns = 0;  ///< Range signs its result may have
  uint64_t DerefParams = 0; ///< bit I: may dereference parameter I
  /// Variables whose value the function returns somewhere: 0 or an error, they
  /// say which outcome a path is on.
  std::vector<int64_t> OutcomeVars;
  llvm::BitVector Faint; ///< variables: numbers that no path depends on
  SortedSet<FieldKey>
      Ends; ///< members whose resource it, or what it calls, ends
  SortedSet<FieldKey> Links, Unlinks; ///< nodes put on, taken off RCU lists
  NameSet Writes; ///< members it, or what it calls, may store to

  /// The type that the value of \p E, an expression of this function, points
  /// to, as its variable, member or call is declared: a record's name without
  /// "struct", or "void"; empty if it is no pointer or nothing is known.
  llvm::StringRef pointee(ir::ExprId E) const;
};

/// A function in a table of callbacks (net_device_ops, pci_driver, ...).
struct Slot {
  NameId Struct = 0, Field = 0;
  NameId Table = 0; ///< the global variable
  FuncId Func = NoFunc;
  const ApiCallback *Row = nullptr; ///< null: the model does not know the slot
};

/// A handler bound to an object: work, timer, tasklet, interrupt, NAPI.
struct Binding {
  FieldKey Object; ///< the member or global that holds it, if it is one
  std::vector<FieldKey> Path; ///< Object, then the members that hold that
  std::string Class;          ///< "work", "timer", ...
  FuncId Handler = NoFunc;
  FuncId In = NoFunc; ///< where it is bound; NoFunc: in a global's initialiser
  uint32_t Block = 0, Inst = 0;
};

class Setters;

class Program {
public:
  /// The last \p Foreign of \p Units are of other modules: only what the others
  /// call of them counts.
  Program(llvm::ArrayRef<const ir::Unit *> Units, const Model &M, ValueTable &T,
          unsigned Foreign = 0);

  const Model &model() const { return M; }
  ValueTable &values() { return T; }
  llvm::ArrayRef<FuncInfo> functions() const { return Funcs; }
  const FuncInfo &func(FuncId F) const { return Funcs[F]; }
  /// The function \p Name as seen from unit \p UnitIndex; NoFunc if none.
  FuncId find(uint32_t UnitIndex, llvm::StringRef Name) const;
  FuncId find(llvm::StringRef Name) const;
  /// What the call \p In of \p I calls by name, looked up once for each name;
  /// nothing known for one through a pointer.
  const Callee &callee(const FuncInfo &I, const ir::Inst &In) const {
    const Callee *&C = ByName[I.UnitIndex][In.Callee];
    return C ? *C : *(C = findCallee(I, In.Callee));
  }
  /// The function whose address \p V is, of whichever unit; NoFunc if none.
  FuncId function(ValId V) const;
  /// Functions that may run when \p F is called, \p F first.
  const std::vector<FuncId> &closure(FuncId F) { return reached(F).Order; }
  /// True if \p Other is one of them.
  bool runs(FuncId F, FuncId Other) { return reached(F).Has.test(Other); }
  /// True if \p F itself calls a function of role \p R by name.
  bool does(FuncId F, Role R) const {
    return Funcs[F].Roles >> unsigned(R) & 1;
  }
  /// True if what \p F may run calls a function of role \p R by name.
  bool mayDo(FuncId F, Role R);
  /// Functions no other function calls by name, and those in tables.
  llvm::ArrayRef<FuncId> roots() const { return Roots; }
  llvm::ArrayRef<Slot> slots() const { return Slots; }
  llvm::ArrayRef<Binding> bindings() const { return Bindings; }
  /// The function in \p Field of the table \p Global; NoFunc if none.
  FuncId inTable(NameId Global, llvm::StringRef Field) const;
  /// Value a constant global starts with at \p Path ("ndo_open"); 0 unknown.
  ValId initial(NameId Global, llvm::StringRef Path) const;
  /// True if \p Name is the driver's own, but in a unit that is not at hand.
  bool isElsewhere(llvm::StringRef Name) const {
    return Elsewhere.count(Name) != 0;
  }
  /// True if the notifier block \p Global is given to a function that registers
  /// it for network devices.
  bool isNetdevNotifier(NameId Global) const {
    return Notifiers.count(Global) != 0;
  }
  /// The same of a block that is a member.
  bool isNetdevNotifier(FieldKey Member) const {
    return NotifierMembers.count(Member) != 0;
  }
  /// The tables that the table \p Global points to: its driver.pm.
  std::set<NameId> tablesOf(NameId Global) const;
  FuncId moduleInit() const { return Init; }
  FuncId moduleExit() const { return Exit; }

  /// The name a single bit of flag word \p Member goes by among what is
  /// written.
  NameId bitName(NameId Member, int64_t Bit);
  /// The name of string \p S of unit \p UnitIndex in the value table.
  NameId nameOf(uint32_t UnitIndex, ir::StrId S) {
    NameId &Known = UnitNames[UnitIndex][S];
    if (Known == NotAsked)
      Known = T.name(Units[UnitIndex]->text(S));
    return Known;
  }
  /// The member the address \p E names in \p F, inner records stripped
  /// (`&p->dwork.work` is (p's record, dwork)), globals as members of
  /// GlobalRecord; false key if it names none.
  FieldKey keyOf(FuncId F, ir::ExprId E) {
    const FieldKey &Known = Keys[Funcs[F].UnitIndex][E];
    return Known.Field == NotAsked ? findKey(F, E) : Known;
  }
  FieldKey keyOf(ValId Address) const;
  /// The member \p Object of a call in \p F is, or whose value it is.
  FieldKey objectKey(FuncId F, ir::ExprId Object);
  /// keyOf(), then the member that the record it names is embedded in, and so
  /// on, as far as the address tells: `&p->wk.work` is work, then wk.
  std::vector<FieldKey> pathOf(FuncId F, ir::ExprId E);
  std::vector<FieldKey> pathOf(ValId Address) const;
  /// What the local variable in \p E was set to, if it is set only once
  /// (`w = &p->work; schedule_work(w)`); else \p E.
  ir::ExprId throughLocal(FuncId F, ir::ExprId E) const;
  /// The device that the call with result \p Temp in \p F gives comes with a
  /// reference, as its user shows: \p F drops or notes one it did not take.
  bool comesHeld(FuncId F, int64_t Temp) const;
  /// The call \p I in \p In by name, worked out when first asked for.
  const CallSite &callSite(FuncId In, const ir::Inst &I);
  /// Order and liveness inside \p F, worked out when first asked for.
  const Flow &flow(FuncId F) {
    if (!Flows[F])
      Flows[F] = std::make_unique<Flow>(*Funcs[F].U, *Funcs[F].F);
    return *Flows[F];
  }
  /// True if every store to a member of that name is a constant, and not all
  /// clear it (who sets it is elsewhere then): a flag.
  bool isFlag(NameId Member) const {
    return SetMembers.contains(Member) && !NotFlags.contains(Member);
  }
  /// True if the member \p K of a private record always points to the device
  /// that the record is the private area of (priv->netdev).
  bool isBackPointer(FieldKey K) const { return BackPointers.count(K) != 0; }
  /// For the value of such a member: the private area it was read from; else 0.
  ValId privateOf(ValId Dev) const;
  /// True if nothing that a path may depend on is worked out from the number
  /// in any member of that name.
  bool isFaint(NameId Member) const {
    return Member < FaintMembers.size() && FaintMembers.test(Member);
  }
  /// True if some function stores to a member of that name.
  bool isWritten(NameId Member) const { return Written.contains(Member); }
  /// Adds to \p Out the members that \p I of \p F itself stores to, and the
  /// bits that it sets or clears by name.
  void addWrites(FuncId F, const ir::Inst &I, NameSet &Out);
  /// True if \p F has the signature of a handler of work, timers or RCU
  /// callbacks: it is one, wherever it is bound.
  bool isHandler(FuncId F) const;
  /// True if control may come back from \p Block of \p F to it.
  bool inLoop(FuncId F, uint32_t Block) { return flow(F).Looped.test(Block); }
  /// Whether \p Block lies in a loop of \p F that makes no devices and ends
  /// some, those that other code has left.
  Sweep sweep(FuncId F, uint32_t Block);
  /// Location of an instruction (Inst past the end: the terminator).
  const ir::Loc &where(FuncId F, uint32_t Block, uint32_t Inst) const;

private:
  struct Closure {
    std::vector<FuncId> Order;
    llvm::BitVector Has;
  };
  void link(unsigned Foreign);
  void bind(FuncId Id);
  const Closure &reached(FuncId F);
  void summarise();
  void noteMembers(FuncId F, const ir::Inst &I);
  void summariseCalls();
  void findBackPointers();
  void findFaint();
  bool isPrivateOf(FuncId F, ir::ExprId Priv, ir::ExprId Dev, uint32_t Block,
                   uint32_t Inst) const;
  bool givesPrivate(FuncId F, const ir::Inst &Call) const;
  void tables();
  bool touches(const FuncInfo &I) const;
  llvm::BitVector ownLocals(const FuncInfo &I) const;
  bool freesRunner(const FuncInfo &I, const ir::Inst &Call) const;
  void noteCounter(FuncId F, const ir::Inst &I);
  bool touchesLifetime(const FuncInfo &I) const;
  bool assertsRtnl(const FuncInfo &I) const;
  bool isSmallHelper(const FuncInfo &I) const;
  bool wrapsSection(const FuncInfo &I) const;
  FieldKey findKey(FuncId F, ir::ExprId E);
  const Callee *findCallee(const FuncInfo &I, ir::StrId Name) const;
  uint8_t returnSigns(FuncId Id, const Setters &Set);
  uint8_t signsOf(const FuncInfo &I, ir::ExprId E, const Setters &Set,
                  unsigned Depth);

  const Model &M;
  ValueTable &T;
  llvm::ArrayRef<const ir::Unit *> Units;
  std::vector<std::vector<NameId>> UnitNames; ///< NotAsked, and kept then
  std::vector<FuncInfo> Funcs;
  std::vector<llvm::StringMap<FuncId>> ByUnit;
  llvm::StringMap<FuncId> External;
  /// By unit and expression: keyOf(), the field is NotAsked until it is asked
  /// for, and where it hangs on the function.
  std::vector<std::vector<FieldKey>> Keys;
  static constexpr NameId NotAsked = ~0u;
  /// By unit and name, null until asked for.
  mutable std::vector<std::vector<const Callee *>> ByName;
  mutable std::deque<Callee> Callees;
  llvm::StringSet<> Elsewhere;
  std::vector<FuncId> Roots;
  std::vector<std::unique_ptr<Flow>> Flows; ///< by function
  llvm::DenseMap<const ir::Inst *, std::unique_ptr<CallSite>> Sites;
  /// By function and variable, kept by throughLocal(): the one value that is
  /// assigned, 0 none, SetAgain several.
  mutable std::vector<std::vector<ir::ExprId>> OnlyValues;
  static constexpr ir::ExprId SetAgain = ~0u;
  std::vector<std::unique_ptr<Closure>> Closures;      ///< by function
  std::map<std::pair<FuncId, uint32_t>, Sweep> Sweeps; ///< kept by sweep()
  std::vector<Slot> Slots;
  std::vector<Binding> Bindings;
  llvm::DenseMap<NameId, llvm::StringMap<ValId>> Initial;
  NameSet Written, NotFlags;
  std::set<NameId> Notifiers;
  /// Members and globals that are added to, and those that anything else than
  /// a number from 0 on is stored to.
  NameSet Counted, NotCounters;
  NameSet SetMembers;       ///< written, and not only cleared
  std::set<NameId> Runners; ///< records with a bound handler in them
  std::set<FieldKey> BackPointers;
  llvm::BitVector FaintMembers; ///< by name
  std::set<FieldKey> NotifierMembers;
  FuncId Init = NoFunc, Exit = NoFunc;
};

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_PROGRAM_H
