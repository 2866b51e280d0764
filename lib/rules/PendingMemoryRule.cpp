//===- PendingMemoryRule.cpp - What still runs in freed memory --*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// ND-W01 for memory other than a device's: a private structure that goes while
/// work or a timer in it may be pending (catalogue B.9).
///
//===----------------------------------------------------------------------===//

#include "model/Idioms.h"
#include "rules/Ending.h"
#include "rules/RuleContext.h"

using namespace netdev;

namespace {
class PendingMemoryRule : public Rule {
public:
  explicit PendingMemoryRule(RuleContext &C) : Rule(C), End(P, U) {}

  void call(const Point &At, const CallEvent &Ev, const State &S) override {
    for (const ApiObject &O : Ev.Objects) {
      if (O.Object.In != Where::Arg || O.Object.Index >= Ev.Args.size())
        continue;
      ValId Object = Ev.Args[O.Object.Index];
      if (O.Does == Act::Arm && P.model().objectClass(O.Class).Runs)
        Armings[Object] = {At, Ev.Shown.str()};
      if (O.Does != Act::Destroy || O.Class != "memory" ||
          S.Devs.contains(Object))
        continue;
      if (!armedHere(At, Ev, O.Object.Index, Object, S))
        armedByOthers(At, Ev, O.Object.Index, Object, S);
      listed(At, Ev, O.Object.Index, Object, S);
    }
  }

  void returned(const Entry &En, const Point &At, ValId,
                const State &S) override {
    if (En.Table && endsLife(T.text(En.Table->Field)) &&
        T.text(En.Table->Struct).ends_with("_driver"))
      uncancelled(At, En.Func, devresRecords(), "devres", S);
  }

private:
  struct Arming {
    Point At;
    std::string By;
  };

  /// `if (!schedule_work(w)) kfree(w)`: the call said that it did nothing.
  bool notQueued(const Arming &A, const State &S) {
    const ir::Inst *I = E.inst(A.At);
    return I && I->Temp >= 0 &&
           rangeOf(S, T, T.fresh(A.At.Ctx, I->Temp)).Signs == Range::Zero;
  }

  std::string message(FieldKey K, llvm::StringRef By) {
    return "'" + C.text(K) + "' may still be pending when '" + By.str() +
           "' frees the memory it is in";
  }

  /// This path itself armed something in \p Memory. True if it was reported.
  bool armedHere(const Point &At, const CallEvent &Ev, unsigned Arg,
                 ValId Memory, const State &S) {
    bool Said = false;
    std::set<NameId> Records = recordsOf(At, Arg, Memory, S);
    for (const auto &Each : S.Armed) {
      FieldKey K = P.keyOf(Each.first);
      if (Each.first == Memory || T.root(Each.first) != Memory || S.Later || !K)
        continue;
      if (Each.second && rangeOf(S, T, Each.second).Signs != Range::Zero)
        continue;
      if (queueEnds(K, C.entryOf(At.Ctx)) || ownsReference(K, Records))
        continue;
      auto By = Armings.find(Each.first);
      std::vector<ExtraStep> Steps;
      if (By != Armings.end()) {
        if (notQueued(By->second, S))
          continue;
        const Point &A = By->second.At;
        Steps = {{A.Func, A.Block, A.Inst,
                  "'" + By->second.By + "' arms it on this path"}};
      }
      C.report("ND-W01", At, S, 0, message(K, Ev.Shown), Precision::High,
               Steps);
      Said = true;
    }
    return Said;
  }

  /// A handler of \p K frees what it is in, one of \p Records, as well, or puts
  /// it: who armed it gave it a reference.
  bool ownsReference(FieldKey K, const std::set<NameId> &Records) {
    return llvm::any_of(P.bindings(), [&](const Binding &B) {
      return B.Object == K && llvm::any_of(U.closure(B.Handler), [&](FuncId F) {
               return llvm::any_of(Records, [&](NameId Record) {
                 return U.releases(F, Record) || puts(F, Record);
               });
             });
    });
  }

  /// \p F puts a \p Record, by the name of what it calls. What frees by its
  /// name and is at hand shows by itself whether it does: foo_dma_free(foo). So
  /// does what puts: foo_put_index(foo) counts nothing down.
  bool puts(FuncId F, NameId Record) const {
    const FuncInfo &I = P.func(F);
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts) {
        llvm::StringRef Name = I.U->text(In.Callee);
        if (In.Kind == ir::InstKind::Call && !In.Args.empty() &&
            soundsLikeLettingGo(Name) &&
            I.pointee(In.Args[0]) == T.text(Record) &&
            letsGo(P.find(I.UnitIndex, Name), Name))
          return true;
      }
    return false;
  }

  /// \p F, called \p Name, which sounds like it, lets go of what it is given.
  bool letsGo(FuncId F, llvm::StringRef Name) const {
    return F == NoFunc ||
           (!soundsLikeRelease(Name) &&
            llvm::any_of(U.closure(F), [&](FuncId G) {
              const FuncInfo &I = P.func(G);
              return llvm::any_of(I.F->Blocks, [&](const ir::Block &B) {
                return llvm::any_of(B.Insts, [&](const ir::Inst &In) {
                  llvm::StringRef Calls = I.U->text(In.Callee);
                  return In.Kind == ir::InstKind::Call &&
                         (soundsLikeLettingGo(Calls) ||
                          soundsLikeCountingDown(Calls));
                });
              });
            }));
  }

  /// What \p Entry runs ends or flushes a queue, and \p Object is put on one of
  /// the driver's own.
  bool queueEnds(FieldKey Object, FuncId Entry) {
    return End.drained(Object, Entry) &&
           End.endsClass("workqueue",
                         [&](FuncId F) { return P.runs(Entry, F); });
  }

  /// What devres frees when remove has returned (drivers/base/devres.c).
  const std::set<NameId> &devresRecords() {
    if (Devres)
      return *Devres;
    Devres.emplace();
    for (const FuncInfo &I : P.functions())
      for (const ir::Block &B : I.F->Blocks)
        for (const ir::Inst &Call : B.Insts)
          if (Call.Kind == ir::InstKind::Call && Call.Temp >= 0 &&
              llvm::any_of(P.model().objects(I.U->text(Call.Callee)),
                           [](const ApiObject &Row) {
                             return Row.Devm && Row.Does == Act::Create &&
                                    Row.Class == "memory";
                           }))
            for (const ir::Inst &In : B.Insts)
              if (In.Kind == ir::InstKind::Assign && In.Temp < 0 &&
                  I.U->get(In.Value).Kind == ir::ExprKind::Temp &&
                  I.U->get(In.Value).Int == Call.Temp)
                if (llvm::StringRef Type = I.pointee(In.Dst);
                    Type.consume_back("*"))
                  Devres->insert(T.name(Type.rtrim()));
    return *Devres;
  }

  /// What \p Memory is, as its user declares it or as members of it were
  /// initialised.
  std::set<NameId> recordsOf(const Point &At, unsigned Arg, ValId Memory,
                             const State &S) {
    std::set<NameId> Records;
    const ir::Inst *I = E.inst(At);
    if (I && Arg < I->Args.size())
      Records.insert(T.name(P.func(At.Func).pointee(I->Args[Arg])));
    for (uint32_t A : S.Ready)
      if (T.get(A).Kind == ValKind::Field && T.get(A).A == Memory)
        Records.insert(T.get(A).Rec);
    return Records;
  }

  /// What runs last frees the structure, a callback arms what is in it, and
  /// nothing that runs last cancels it.
  void armedByOthers(const Point &At, const CallEvent &Ev, unsigned Arg,
                     ValId Memory, const State &S) {
    FuncId From = C.entryOf(At.Ctx);
    // Made and undone by one call from outside: nobody else knows of it yet.
    if (!End.mayRun(From) || (!S.Later && C.madeAt(Memory)))
      return;
    // Other files may cancel what an exported function of this one frees.
    if (llvm::none_of(U.callers(),
                      [&](const Caller &Who) { return Who.Func == From; }) &&
        llvm::any_of(U.closure(From),
                     [&](FuncId F) { return U.leavesUnit(F); }))
      return;
    uncancelled(At, From, recordsOf(At, Arg, Memory, S), Ev.Shown, S);
  }

  /// \p By frees memory of one of \p Records, behind or in \p From; a callback
  /// arms what is in it, and nothing that runs last cancels that.
  void uncancelled(const Point &At, FuncId From,
                   const std::set<NameId> &Records, llvm::StringRef By,
                   const State &S) {
    std::set<FieldKey> Seen;
    for (const Binding &B : P.bindings()) {
      FieldKey K = B.Object;
      const ApiClass &Class = P.model().objectClass(B.Class);
      if (!K || !Class.Runs || Class.ByCookie || B.Handler == From ||
          !U.isWithin(K.Rec, Records) || !Seen.insert(K).second)
        continue;
      auto Last = [&](FuncId F) { return End.mayRun(F); };
      if (ownsReference(K, Records))
        continue;
      if (isQuiet(K, S) || End.drained(K, From) ||
          End.dropsReference(B.Handler) || End.handsShaken(B.Handler) ||
          End.endsCarrier(B.Class, [](FuncId) { return true; }))
        continue;
      if (End.endOf(K, Last)) {
        if (const Use *Only = End.onlyDequeued(B, Last))
          C.report("ND-W01", At, S, 0,
                   "'" + C.text(K) + "' may still run when '" + By.str() +
                       "' frees the memory it is in; nothing waits for it",
                   End.maySleep(B) ? Precision::High : Precision::Medium,
                   C.dequeued(*Only));
        continue;
      }
      Witness W = End.armedWhileAlive(K);
      if (!W.From)
        continue;
      // No device's name matters here.
      State Sure = S;
      Sure.Certain = true;
      C.report("ND-W01", At, Sure, 0, message(K, By) + "; nothing cancels it",
               Precision::High, C.steps(W, "arms it"));
    }
  }

  /// NAPI that the module makes and does not delete.
  llvm::ArrayRef<FieldKey> keptNapi() {
    auto Is = [](const Use &Each, Act Does) {
      return Each.Kind == UseKind::Object && Each.Row->Class == "napi" &&
             Each.Row->Does == Does;
    };
    if (!Napi) {
      Napi.emplace();
      for (const auto &[K, Uses] : U.all())
        if (llvm::any_of(Uses,
                         [&](const Use &X) { return Is(X, Act::Bind); }) &&
            llvm::none_of(Uses,
                          [&](const Use &X) { return Is(X, Act::Destroy); }))
          Napi->push_back(K);
    }
    return *Napi;
  }

  /// NAPI that nothing in the module deletes is on the list of a device that is
  /// still there: free_netdev() will walk it (net/core/dev.c). Where the path
  /// knows of it, its end on that path tells.
  void listed(const Point &At, const CallEvent &Ev, unsigned Arg, ValId Memory,
              const State &S) {
    if (!S.Later || !End.mayRun(C.entryOf(At.Ctx)) ||
        llvm::none_of(
            S.Devs,
            [](const auto &Each) { return Each.second.At < Life::Freed; }) ||
        !freesLater(At))
      return;
    std::set<NameId> Records = recordsOf(At, Arg, Memory, S);
    auto Known = [&](FieldKey K) {
      return llvm::any_of(S.Ready, [&](uint32_t A) {
        return P.keyOf(A) == K && T.root(A) == Memory;
      });
    };
    for (FieldKey K : keptNapi())
      if (U.isWithin(K.Rec, Records) && !Known(K))
        C.report("ND-W01", At, S, 0,
                 "'" + C.text(K) + "' (napi) is on the device's list when '" +
                     Ev.Shown.str() +
                     "' frees the memory it is in; nothing deletes it",
                 Precision::High);
  }

  /// A device is freed behind \p At in its function or in one that calls it,
  /// and none before: a loop over devices may be left out of a path.
  bool freesLater(Point At) {
    for (bool Later = false;; At = C.caller(At.Ctx)) {
      const FuncInfo &I = P.func(At.Func);
      for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
        for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
          if (!mayFree(I, I.F->Blocks[B].Insts[N]) ||
              (B == At.Block && N == At.Inst))
            continue;
          bool Before =
              B == At.Block ? N < At.Inst : ir::mayReach(*I.F, B, At.Block);
          if (Before)
            return false;
          Later |= B == At.Block || ir::mayReach(*I.F, At.Block, B);
        }
      if (Later || !T.site(At.Ctx).Parent)
        return Later;
    }
  }

  bool mayFree(const FuncInfo &I, const ir::Inst &In) {
    if (In.Kind != ir::InstKind::Call || !In.Callee)
      return false;
    llvm::StringRef Name = I.U->text(In.Callee);
    const ApiFunction *A = P.model().function(Name);
    FuncId Callee = P.find(I.UnitIndex, Name);
    return (A && A->Does == Role::Free) ||
           (Callee != NoFunc && U.mayDo(Callee, Role::Free));
  }

  bool isQuiet(FieldKey K, const State &S) {
    for (const auto &Q : S.Quiet)
      if (P.keyOf(Q.first) == K)
        return true;
    return false;
  }

  Ending End;
  std::map<ValId, Arming> Armings;
  std::optional<std::vector<FieldKey>> Napi; ///< kept by keptNapi()
  std::optional<std::set<NameId>> Devres;    ///< once asked for
};
} // namespace

std::unique_ptr<Rule> netdev::makePendingMemoryRule(RuleContext &C) {
  return std::make_unique<PendingMemoryRule>(C);
}
