//===- Engine.h - Property simulation over facts ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Executes functions over symbolic states (property simulation, ESP) and tells
/// observers what happens to devices, references, locks and resources. Holds no
/// rule and no name of the kernel's.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_ENGINE_ENGINE_H
#define NETDEV_LINT_ENGINE_ENGINE_H

#include "engine/Program.h"
#include "engine/State.h"
#include "model/Idioms.h"

namespace netdev {

/// A place in the execution.
struct Point {
  CtxId Ctx = 0;
  FuncId Func = NoFunc;
  uint32_t Block = 0, Inst = 0;
};

/// A call the model knows, before its effect.
struct CallEvent {
  llvm::StringRef Name;  ///< callee
  llvm::StringRef Shown; ///< as written: the macro where there is one
  const ApiFunction *Api = nullptr;
  llvm::ArrayRef<ApiObject> Objects;
  llvm::ArrayRef<ValId> Args;
  ValId Dev = 0;                    ///< device the call is about, 0 if none
  const DevState *Before = nullptr; ///< its state; null if not followed yet
  ValId Result = 0;
};

/// What is run from outside: the function, and the part it plays.
struct Entry {
  FuncId Func = NoFunc;
  const Slot *Table = nullptr;      ///< the callback slot it sits in, if any
  int8_t Rtnl = State::UnknownRtnl; ///< depth it is entered with
  const Slot *Before = nullptr;     ///< the slot whose success it starts from
  bool Atomic = false;              ///< it must not sleep
  bool Between = false; ///< the life it found goes on when it returns
  bool Fails(const Range &R) const { return R.Signs == Range::Neg; }
  /// The same callback, from another start.
  bool sameAs(const Entry &O) const {
    return Func == O.Func && Before == O.Before && Between == O.Between;
  }
};

/// A function of the driver's that the core runs inside a call: setup while
/// allocating, ndo_init, ndo_uninit and priv_destructor around registration.
enum class CoreStep : uint8_t { Setup, Init, Uninit, Destructor };
struct CoreCall {
  CoreStep Step = CoreStep::Setup;
  FuncId Func = NoFunc;
  ValId Dev = 0;
  bool AfterFailure = false; ///< because registration failed
};

/// Comparisons, in pairs of which one is true where the other is not.
enum class Cmp : uint8_t { Eq, Ne, Lt, Ge, Gt, Le };

class Observer {
public:
  virtual ~Observer();
  /// A modelled call is about to take effect in \p S.
  virtual void call(const Point &P, const CallEvent &C, const State &S) {}
  /// \p Value is about to be stored at \p Addr.
  virtual void store(const Point &P, ValId Addr, ValId Value, const State &S) {}
  /// Memory at \p Addr, inside the dead device \p Dev, is used.
  virtual void usedDead(const Point &P, ValId Dev, ValId Addr, const State &S) {
  }
  /// The device \p Dev is used after what protected it has ended.
  virtual void usedStale(const Point &P, ValId Dev, const State &S) {}
  /// RTNL is dropped and the core is about to work off its list.
  virtual void todo(const Point &P, const State &S) {}
  /// The core frees \p Dev at \p P (its memory goes; users must be quiet).
  virtual void freed(const Point &P, ValId Dev, const State &S) {}
  /// The resource that \p Addr points to is about to be released by the call at
  /// \p P; \p Assumed: its name says so, its body is not at hand.
  virtual void released(const Point &P, ValId Addr, bool Assumed,
                        const State &S) {}
  /// The core has run \p C inside the call at \p P; \p After: its outcomes.
  virtual void coreRan(const Point &P, const CoreCall &C,
                       llvm::ArrayRef<State> After) {}
  /// The function of \p P returns \p Ret in \p S, having taken the RTNL
  /// \p Taken times more often than dropped.
  virtual void left(const Point &P, ValId Ret, int Taken, const State &S) {}
  /// The function \p P is in returns \p Ret in \p S; its variables are gone.
  virtual void leftFrame(const Point &P, ValId Ret, const State &S) {}
  /// The function of \p P returns \p Ret in \p S. The reference to \p Dev that
  /// memory at \p Addr keeps is not followed on: nothing at hand leads there.
  virtual void keptElsewhere(const Point &P, ValId Ret, ValId Addr, ValId Dev,
                             const State &S) {}
  /// The entry returns \p Ret in \p S.
  virtual void returned(const Entry &E, const Point &P, ValId Ret,
                        const State &S) {}
};

struct EngineStats {
  unsigned Executions = 0;
  uint64_t States = 0;
  std::set<FuncId> GivenUp; ///< not followed to the end
  std::set<FuncId> Coarse;  ///< entries in which paths that differ were merged
};

struct ExitState {
  State S;
  ValId Ret = 0;
  Point At; ///< the return
};

class Engine {
public:
  explicit Engine(Program &P) : P(P), T(P.values()), M(P.model()) {}

  void add(Observer &O) { Observers.push_back(&O); }
  Program &program() { return P; }
  ValueTable &values() { return T; }
  const EngineStats &stats() const { return Stats; }

  /// Runs \p E from \p S with \p Args, tells observers, and gives its exits:
  /// at most one for each property state and sign of the result.
  std::vector<ExitState> run(const Entry &E, State S, std::vector<ValId> Args);
  /// The entry that is being run, or was last.
  const Entry &running() const { return Running; }
  /// What the steps that take and drop the RTNL are about.
  ValId rtnl() { return T.fresh(0, -4, T.name("(rtnl)")); }
  /// What the steps are about that begin a section in which nobody may sleep.
  ValId atomic() { return T.fresh(0, -4, T.name("(atomic)")); }
  /// Members that callbacks may write between the ends of a life.
  NameSet WrittenLater;
  /// Callbacks and handlers may have run: what \p S knows of members in
  /// WrittenLater is not known any more.
  void othersWrite(State &S);
  /// Results of allocations that hand out zeroed memory.
  std::set<ValId> Zeroed;
  /// While set, resources that devices alone own are followed.
  bool Owning = false;
  /// While set, only what concerns a device's lifetime is executed: outside of
  /// probe and remove nothing else is asked for.
  bool Narrow = false;
  /// The caller of an entry drops the RTNL after \p X: what was unregistered
  /// meets its end (netdev_run_todo). \p Flush: it works off its list before.
  std::vector<State> dropRtnl(const ExitState &X, bool Flush);
  /// The callbacks of the core that are running now, the innermost last.
  llvm::ArrayRef<CoreCall> coreCalls() const { return CoreCalls; }
  /// A symbol for parameter \p I of \p F when it is run as an entry. Equal for
  /// parameters of the same type, so that probe and remove meet.
  ValId parameter(FuncId F, uint32_t I) const;

  // For observers.
  /// The function in slot \p Callback of the table of callbacks that \p Dev was
  /// given in \p S; NoFunc if that is not known.
  FuncId deviceOp(ValId Dev, llvm::StringRef Callback, const State &S);
  /// The address of the object that the row \p O of a call with \p Args is
  /// about; 0 if it is the result.
  ValId addressOf(const ApiObject &O, llvm::ArrayRef<ValId> Args);
  /// Where it is noted that the list of devices at \p List was worked off and
  /// not made anew since: unregister_netdevice_many() leaves it poisoned.
  ValId workedOff(ValId List) {
    return T.field(List, T.name("(worked off)"), T.name("list_head"));
  }
  /// Value of \p E in the frame of \p P, without telling of dead memory.
  ValId value(const Point &P, ir::ExprId E, const State &S);
  Range range(const State &S, ValId V) const { return rangeOf(S, T, V); }
  /// \p F returning \p Ret in \p S says that it failed: not 0 for a status,
  /// NULL or an error pointer for a pointer.
  bool failed(FuncId F, ValId Ret, const State &S) const;
  /// The number \p Ret that \p F returns in \p S is above 0: neither success
  /// nor an error code. Such a path is seldom one that can be taken.
  bool isNeither(FuncId F, ValId Ret, const State &S) const;
  /// True if \p P, or a call that leads to it, is in a loop.
  bool isRepeated(const Point &P) const;
  /// The same of the call that \p Ctx is the context of.
  bool isCalledAgain(CtxId Ctx) const;
  /// C text of argument \p I of the call at \p P, or of what is assigned.
  std::string argText(const Point &P, unsigned I) const;
  const ir::Inst *inst(const Point &P) const;

private:
  friend class ApiEffects;

  std::vector<ExitState> execute(FuncId F, CtxId Ctx, State S,
                                 llvm::ArrayRef<ValId> Args);
  /// Paths with the same property part that are also on the same outcome: what
  /// the function will return is 0 on both, or not 0 on both (ESP's facts about
  /// variables that guard the property). \p Temp: a result just got, or -1.
  bool mergeable(const State &A, const State &B, const Point &P,
                 int64_t Temp = -1);
  bool sameOutcome(const State &A, const State &B, const Point &P,
                   int64_t Temp = -1);
  /// So many paths of the running entry were followed that the rest is looked
  /// at more coarsely.
  bool isHuge() const;
  /// Gives \p A and \p B the same property part: what they differ in is not
  /// followed on. False, and nothing is done, if they differ in their locks.
  bool coarsen(State &A, State &B);
  void addState(std::vector<State> &Into, State &&S, const Point &P);
  void addExit(std::vector<ExitState> &Into, ExitState &&X, const Point &P);
  /// An instruction that is no call: it has one outcome.
  void step(const Point &P, const ir::Inst &I, State &S);
  /// The states after a call. Nothing if it is \p S itself, changed, that goes
  /// on, as after most calls; else it is lost.
  std::optional<std::vector<State>> call(const Point &P, const ir::Inst &I,
                                         State &S);
  /// The same of one whose body is at hand.
  std::optional<std::vector<State>> callBody(const Point &P, const ir::Inst &I,
                                             const CallSite &C,
                                             llvm::ArrayRef<ValId> Args,
                                             State &S);
  void callUnseen(const Point &P, const ir::Inst &I, const CallSite &C,
                  FuncId F, llvm::ArrayRef<ValId> Args, State &S);
  /// The entry has seen often enough that \p F leaves what is followed in \p S
  /// as it is, as far as \p Args and what it acts on tell.
  bool isSettled(FuncId F, llvm::ArrayRef<ValId> Args, const State &S) const;
  bool looksLike(const Property &A, const Property &B, FuncId F,
                 llvm::ArrayRef<ValId> Args) const;
  /// \p F was executed with \p Args from \p Before, with these \p Exits.
  void settle(FuncId F, llvm::ArrayRef<ValId> Args, const State &Before,
              llvm::ArrayRef<ExitState> Exits);
  void assign(const Point &P, ValId Addr, ValId Value, State &S);
  bool isFaint(const Point &P, ValId Addr) const;
  void deviceStore(const Point &P, ValId Dev, DevField Which, ValId Value,
                   State &S);
  ValId eval(const Point &P, ir::ExprId E, State &S, bool Tell = true);
  ValId loadFrom(const Point &P, ValId Addr, State &S, bool Tell);
  ValId initialValue(ValId Addr);
  ValId fold(llvm::StringRef Op, ValId A, ValId B);
  bool assume(ValId V, bool Truth, State &S);
  ValId guardOf(ValId C);
  /// Adds that \p A compares so with \p B; false if that cannot be.
  bool compare(Cmp C, ValId A, ValId B, State &S);
  /// Whether compare() would say that it can be.
  bool mayBe(Cmp C, ValId A, ValId B, const State &S);
  bool narrow(ValId V, Range R, State &S);
  ValId temp(const Point &P, int64_t Temp, const State &S);
  void setTemp(const Point &P, int64_t Temp, ValId V, State &S);
  /// A block of the frame \p Ctx is left.
  void dropTemps(CtxId Ctx, State &S);
  void setFact(ValId V, Range R, State &S);
  /// The memory at \p Addr is read or written: what leads to it is not NULL on
  /// this path.
  void dereferenced(ValId Addr, State &S);
  void useOf(const Point &P, ValId Addr, State &S);
  void addStep(const Point &P, ValId Object, std::string Message,
               llvm::StringRef After, State &S, int8_t Taken = 0);
  void dropFrame(CtxId Ctx, State &S);
  /// A function has returned \p Ret: what it has made, and neither gives back
  /// nor leaves where something leads to it, is out of reach.
  void collect(const Point &P, ValId Ret, State &S);
  /// Nothing reads the variables \p Dead of the frame \p Ctx any more.
  void dropDead(CtxId Ctx, llvm::ArrayRef<VarId> Dead, State &S);
  /// \p Symbol is about to stand for something new (a loop came round): what
  /// was known through the old meaning is not followed on.
  void forget(ValId Symbol, State &S);
  ValId olderName(ValId A);
  /// Something at hand leads to the object \p V: a variable, a member or what
  /// is still in memory as it was at first.
  bool isNamed(ValId V, const State &S) const;
  /// A loop comes round: devices of others, dead ones, and references given
  /// back, that no name leads to any more are not followed on. A list would
  /// give new ones for ever.
  void roundEnds(State &S);
  ValId place(ValId Addr, const State &S);
  bool isOwned(ValId Dev, ValId Memory, const State &S) const;
  bool isTakenFrom(ValId Addr, const State &S) const;
  void forgetValue(ValId Dev, ValId Place, State &S);
  /// \p Node leaves its list: what led to it leads to something else now.
  void unlink(const Point &P, ValId Node, State &S);
  /// A resource gets an owner: a device where \p Addr is in its memory.
  void own(ValId Addr, ValId Value, State &S);
  /// \p V is released, or has found an owner that is not followed.
  void disown(ValId V, State &S);
  /// A device or a released resource is known through \p Symbol.
  bool isKnownThrough(ValId Symbol, const State &S) const;
  /// The parts of all that isKnownThrough() asks.
  uint64_t partsOfTracked(const State &S) const;
  void forgetTracked(ValId Symbol, State &S);
  bool mayChange(FuncId F, ValId Address, const State &S) const;
  /// \p Dev may go by another name from here on: its references are not
  /// counted on.
  void unfollow(ValId Dev, State &S);
  /// What a look-up gave under \p By (LookupRcu, LookupRtnl, LookupHeld) and is
  /// not held by this path may go away now; so may \p Put, whose last reference
  /// has been dropped.
  void protectionEnds(Role By, State &S, ValId Put = 0);
  /// Code that is not at hand gets \p Args: references to what they lead to may
  /// have been handed over.
  void handOver(llvm::ArrayRef<ValId> Args, State &S);
  /// The call \p Ctx comes round again: what it took before is not followed.
  void newRound(CtxId Ctx, State &S);
  /// The value a variable gets when it moves on through a list or an array.
  ValId stepped(const Point &P, const ir::Inst &I, ValId Addr, ValId Value,
                State &S);
  std::vector<ValId> untested(const Point &P, const State &S);
  void takeAsErrors(llvm::ArrayRef<ValId> Results, State &S);
  /// Calls \p Go with each block that control may go to from \p S, and how.
  void branch(const Point &P, const ir::Terminator &T, State &&S,
              llvm::function_ref<void(uint32_t, State &&)> Go);

  Program &P;
  ValueTable &T;
  const NameId DeviceRec = T.name(DeviceRecord);
  const Model &M;
  std::vector<Observer *> Observers;
  std::vector<CoreCall> CoreCalls;
  EngineStats Stats;
  Entry Running;
  mutable std::vector<uint8_t> CalledAgain; ///< by context: unknown, no, yes
  std::vector<uint32_t> Stamps; ///< by value: the collection that found it last
  uint32_t Collections = 0;
  uint64_t Spent = 0; ///< block states of the running entry, all its starts
  /// What executions of a function in the running entry have shown, from \p At
  /// and for \p Numbers.
  struct Calm {
    Property At;
    llvm::SmallVector<ValId, 4> Numbers; ///< arguments; 0: not a number
    /// How often it has left all as it was; 0: not always.
    unsigned Times = 0;
    bool Kept = false;   ///< the property part was left as it was each time
    bool Swept = false;  ///< State::Swept before the first
    bool Sweeps = false; ///< it came about in one of them
  };
  llvm::DenseMap<FuncId, std::vector<Calm>> Settled;
};

/// The state of a step that takes, or drops, a reference.
constexpr llvm::StringLiteral ReferenceHeld = "held";
constexpr llvm::StringLiteral ReferenceDropped = "dropped";

/// The kernel's word for a state, for traces.
llvm::StringRef toText(Life L);

} // namespace netdev

#endif // NETDEV_LINT_ENGINE_ENGINE_H
