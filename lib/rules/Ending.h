//===- Ending.h - What runs when a device goes ------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which functions run on a device's way out, and what they end; what keeps a
/// callback from something: facts without a path, from tables, handlers, calls.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_RULES_ENDING_H
#define NETDEV_LINT_RULES_ENDING_H

#include "engine/Engine.h"
#include "engine/Usage.h"

namespace netdev {

class Ending {
public:
  Ending(Program &P, Usage &U) : P(P), U(U) {}

  /// True if \p F may run between the decision to let a device go and its end:
  /// it is reached from remove, ndo_stop, ndo_uninit or the destructor, or from
  /// something nothing is known of. Not from what runs while the device lives
  /// on, or before: probe, open, other ndo_*, ethtool, power management,
  /// handlers.
  bool mayRun(FuncId F);
  /// A call that takes the object \p K to rest, in a function that satisfies
  /// \p In; null if there is none.
  template <typename Pred> const Use *endOf(FieldKey K, Pred In) const {
    for (const Use &Each : U.usesOf(K))
      if (Each.Kind == UseKind::Object && ends(*Each.Row) && In(Each.In))
        return &Each;
    return nullptr;
  }
  /// As endOf() of what \p B binds, where no such call waits for a handler that
  /// is running: the first, if that one matters.
  template <typename Pred> const Use *onlyDequeued(const Binding &B, Pred In) {
    const Use *Found = nullptr;
    for (const Use &Each : U.usesOf(B.Object)) {
      if (Each.Kind != UseKind::Object || !ends(*Each.Row) || !In(Each.In))
        continue;
      if (Each.Row->Does != Act::CancelNosync)
        return nullptr;
      Found = Found ? Found : &Each;
    }
    return Found && outlastsDequeuing(B) && !endsClass("workqueue", In)
               ? Found
               : nullptr;
  }
  /// The handler of \p B may sleep, and run for long; that of a timer is caught
  /// half done by another CPU only.
  static bool maySleep(const Binding &B) {
    return B.Class == "work" || B.Class == "delayed-work";
  }
  /// True if a function that \p In holds for ends anything of \p Class.
  template <typename Pred> bool endsClass(llvm::StringRef Class, Pred In) {
    return llvm::any_of(enders(Class).Itself, In);
  }
  /// The same for what objects of \p Class go with: a URB with its anchor.
  template <typename Pred> bool endsCarrier(llvm::StringRef Class, Pred In) {
    return llvm::any_of(enders(Class).Carrier, In);
  }
  /// The call takes what it is given to rest; freeing alone does not.
  bool ends(const ApiObject &Row) const;
  /// \p Handler keeps the device alive for itself: it drops a reference.
  bool dropsReference(FuncId Handler);
  /// \p Handler tells by a completion that it is done, and what runs when the
  /// device goes waits for that.
  bool handsShaken(FuncId Handler);
  /// What \p A and \p B run works on the same kind of structure, or \p A finds
  /// one through a global.
  bool shareRecord(FuncId A, FuncId B);
  /// Where the object \p K is armed, and from which of the callers that
  /// \p Counts holds for; the shortest way. Its own handler arms it only after
  /// someone else did.
  template <typename Pred> Witness armedBy(FieldKey K, Pred Counts) const {
    Witness Best;
    for (const Use &Each : U.usesOf(K)) {
      if (Each.Kind != UseKind::Object || Each.Row->Does != Act::Arm)
        continue;
      for (const Caller &Who : U.callers()) {
        if ((Who.Handler && Who.Handler->Object == K) || !Counts(Who))
          continue;
        std::vector<FuncId> Chain = U.chain(Who.Func, Each.In);
        if (!Chain.empty() && (!Best.From || Chain.size() < Best.Chain.size()))
          Best = Witness{&Who, Chain, &Each};
      }
    }
    return Best;
  }
  /// The same for what runs by itself while the device is registered: its own
  /// callbacks, and handlers.
  Witness armedWhileAlive(FieldKey K) const;
  /// Every queue or set that \p K could be on is drained somewhere before what
  /// \p Entry ends has gone, and nothing leaves it to a timer.
  bool drained(FieldKey K, FuncId Entry);
  /// One of \p Functions looks at a member that \p Last, or what it calls,
  /// writes: a flag that says the device is going away.
  bool heedsFlag(llvm::ArrayRef<FuncId> Functions, FuncId Last) const;
  /// The same where it decides whether the way of \p W goes on.
  bool heedsFlag(const Witness &W, FuncId Last) const {
    return heeds(W, P.func(Last).Writes);
  }
  /// One of \p Chain asks whether the device is up.
  bool asksWhetherUp(llvm::ArrayRef<FuncId> Chain) const;
  /// The same of a member that is written before control comes to \p Until, a
  /// place in an entry: what is written later stops nobody until then.
  bool heedsFlagBefore(const Witness &W, const Point &Until) const;
  /// The same of a member that is written behind \p From: it may say that all
  /// is there now.
  bool heedsFlagBehind(const Witness &W, const Point &From) const;

private:
  bool outlastsDequeuing(const Binding &B);
  struct Functions {
    std::vector<FuncId> Itself, Carrier;
  };
  const Functions &enders(llvm::StringRef Class);
  /// \p Each is read to decide on what is done next, and is one of \p Written.
  bool isFlag(const Use &Each, const NameSet &Written) const;
  bool heeds(const Witness &W, const NameSet &Written) const;
  bool isLast(FuncId F) const;
  bool isModuleWide(FuncId F) const;

  Program &P;
  Usage &U;
  std::map<FuncId, bool> Runs;
  std::map<std::string, Functions> Enders;
};

} // namespace netdev

#endif // NETDEV_LINT_RULES_ENDING_H
