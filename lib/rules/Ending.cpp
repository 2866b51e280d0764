//===- Ending.cpp - What runs when a device goes ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Ending.h"
#include "model/Idioms.h"

using namespace netdev;

bool Ending::ends(const ApiObject &Row) const {
  switch (Row.Does) {
  case Act::CancelSync:
  case Act::DisableSync:
  case Act::FlushSync:
  case Act::CancelNosync:
    return true;
  case Act::Destroy: // usb_free_urb() drops a reference, and it runs on
    return !P.model().objectClass(Row.Class).Runs;
  default:
    return false;
  }
}

/// The handler of \p B goes on after what it is bound to was taken off its
/// queue: it may sleep, or it arms itself again. Any other is over when
/// unregister_netdevice() has waited for RCU's readers, softirqs among them.
bool Ending::outlastsDequeuing(const Binding &B) {
  if (maySleep(B))
    return true;
  return (B.Class == "timer" || B.Class == "hrtimer") &&
         U.findIn(B.Handler, B.Object, [](const Use &Each) {
           return Each.Kind == UseKind::Object && Each.Row->Does == Act::Arm;
         });
}

/// Slots that are called while the device lives, or to bring it to life: net/
/// core/dev.c, net/ethtool, drivers/base/power, drivers/base/dd.c (probe),
/// drivers/pci/pcie/err.c, fs/ and net/socket.c, drivers/tty/tty_ldisc.c. What
/// the core calls on the way out is not among them: ndo_stop
/// (__dev_close_many), ndo_uninit.
static bool goesOn(llvm::StringRef Struct, llvm::StringRef Field) {
  if (Struct == "net_device_ops")
    return Field != "ndo_stop" && Field != "ndo_uninit";
  if (Struct == "ethtool_ops" || Struct == "dev_pm_ops" ||
      Struct == "pci_error_handlers" || Struct == "header_ops")
    return true;
  if (Struct == "file_operations" || Struct == "proto_ops")
    return Field != "release";
  if (Struct == "tty_ldisc_ops")
    return Field != "close" && Field != "hangup";
  static const llvm::StringRef Names[] = {
      "probe_new", "suspend",    "resume",  "reset_resume",
      "pre_reset", "post_reset", "shutdown"};
  llvm::StringRef Inner = Field.rsplit('.').second;
  if (Inner.empty())
    Inner = Field;
  return beginsLife(Inner) || llvm::is_contained(Names, Inner);
}

/// Nothing in its unit calls \p F or takes its address, and no other can.
static bool isUnused(const FuncInfo &F, const Program &P, FuncId Id) {
  return F.F->Static && F.Callers.empty() && Id != P.moduleExit() &&
         llvm::none_of(F.U->Exprs, [&](const ir::Expr &X) {
           return X.Kind == ir::ExprKind::Func && X.Name == F.F->Name;
         });
}

/// \p F is called from outside, and not only while the device goes on.
bool Ending::isLast(FuncId F) const {
  bool Outside = false;
  for (const Caller &Who : U.callers()) {
    if (Who.Func != F)
      continue;
    Outside = true;
    if (Who.Handler)
      continue;
    if (!Who.Table || !goesOn(P.values().text(Who.Table->Struct),
                              P.values().text(Who.Table->Field)))
      return true;
  }
  // Exported, or behind a pointer: nothing is known of who calls it.
  return !Outside && P.func(F).Callers.empty() && F != P.moduleInit() &&
         !isUnused(P.func(F), P, F);
}

bool Ending::mayRun(FuncId F) {
  auto It = Runs.find(F);
  if (It != Runs.end())
    return It->second;
  std::vector<FuncId> Work{F};
  std::set<FuncId> Seen{F};
  for (size_t I = 0; I < Work.size(); ++I) {
    if (isLast(Work[I]))
      return Runs[F] = true;
    for (FuncId C : P.func(Work[I]).Callers)
      if (Seen.insert(C).second)
        Work.push_back(C);
  }
  return Runs[F] = false;
}

const Ending::Functions &Ending::enders(llvm::StringRef Class) {
  auto [It, New] = Enders.try_emplace(Class.str());
  if (!New)
    return It->second;
  for (FuncId F = 0; F < P.functions().size(); ++F) {
    const FuncInfo &I = P.func(F);
    bool Itself = false, Carrier = false;
    for (const ir::Block &B : I.F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call && In.Callee)
          for (const ApiObject &O : P.callee(I, In).Objects)
            if (ends(O)) {
              Itself |= O.Class == Class;
              Carrier |= llvm::is_contained(
                  P.model().objectClass(O.Class).Carries, Class);
            }
    if (Itself)
      It->second.Itself.push_back(F);
    if (Carrier)
      It->second.Carrier.push_back(F);
  }
  return It->second;
}

bool Ending::dropsReference(FuncId Handler) {
  return U.mayDo(Handler, Role::Put);
}

bool Ending::shareRecord(FuncId A, FuncId B) {
  std::set<NameId> Records;
  for (FuncId F : U.closure(A))
    for (const Use &Each : U.usesIn(F)) {
      if (P.values().text(Each.Key.Rec) != GlobalRecord)
        Records.insert(Each.Key.Rec);
      // A global that is set at run time leads to what comes and goes.
      else if (Each.Kind == UseKind::Read && P.isWritten(Each.Key.Field) &&
               !P.isFlag(Each.Key.Field))
        return true;
    }
  for (FuncId F : U.closure(B))
    for (const Use &Each : U.usesIn(F))
      if (Records.count(Each.Key.Rec))
        return true;
  return false;
}

/// What the instructions of \p F, and what they call, write for which \p
/// Counts(block, instruction) holds.
template <typename Pred>
static NameSet writtenWhere(Program &P, FuncId F, Pred Counts) {
  const FuncInfo &I = P.func(F);
  NameSet Out;
  for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
    for (uint32_t N = 0; N < I.F->Blocks[B].Insts.size(); ++N) {
      if (!Counts(B, N))
        continue;
      const ir::Inst &In = I.F->Blocks[B].Insts[N];
      P.addWrites(F, In, Out);
      FuncId Callee = P.callee(I, In).Body;
      if (Callee != NoFunc)
        Out.insert(P.func(Callee).Writes);
    }
  return Out;
}

bool Ending::heedsFlagBefore(const Witness &W, const Point &Until) const {
  const ir::Function &F = *P.func(Until.Func).F;
  return heeds(W, writtenWhere(P, Until.Func, [&](uint32_t B, uint32_t N) {
                 return B == Until.Block ? N < Until.Inst
                                         : ir::mayReach(F, B, Until.Block);
               }));
}

bool Ending::heedsFlagBehind(const Witness &W, const Point &From) const {
  const ir::Function &F = *P.func(From.Func).F;
  return heeds(W, writtenWhere(P, From.Func, [&](uint32_t B, uint32_t N) {
                 return B == From.Block ? N > From.Inst
                                        : ir::mayReach(F, From.Block, B);
               }));
}

bool Ending::isFlag(const Use &Each, const NameSet &Written) const {
  const FuncInfo &I = P.func(Each.In);
  const ir::Block &B = I.F->Blocks[Each.Block];
  // Read to decide where a block ends.
  if (Each.Kind == UseKind::Test ||
      (Each.Kind == UseKind::Read && Each.Inst == B.Insts.size()))
    return Written.contains(Each.Key.Field);
  if (Each.Kind != UseKind::Address || Each.Inst >= B.Insts.size())
    return false;
  const ir::Inst &In = B.Insts[Each.Inst];
  if (readsAtomic(I.U->text(In.Callee)))
    return Written.contains(Each.Key.Field);
  // test_bit(n, &p->flags), of a bit that is set or cleared.
  const HelperRow *H = findHelper(I.U->text(In.Callee));
  const ir::Expr *Bit = In.Args.empty() ? nullptr : &I.U->get(In.Args[0]);
  return H && Bit && Bit->Kind == ir::ExprKind::Int &&
         (H->Does == Helper::TestBit || H->Does == Helper::TestAndSetBit ||
          H->Does == Helper::TestAndClearBit) &&
         Written.contains(P.bitName(Each.Key.Field, Bit->Int));
}

bool Ending::heedsFlag(llvm::ArrayRef<FuncId> Functions, FuncId Last) const {
  for (FuncId F : Functions)
    for (const Use &Each : U.usesIn(F))
      if (isFlag(Each, P.func(Last).Writes))
        return true;
  return false;
}

bool Ending::asksWhetherUp(llvm::ArrayRef<FuncId> Chain) const {
  for (FuncId F : Chain)
    for (const ir::Block &B : P.func(F).F->Blocks)
      for (const ir::Inst &In : B.Insts)
        if (In.Kind == ir::InstKind::Call &&
            P.func(F).U->text(In.Callee) == "netif_running")
          return true;
  return false;
}

bool Ending::heeds(const Witness &W, const NameSet &Written) const {
  for (size_t N = 0; N < W.Chain.size(); ++N) {
    const FuncInfo &I = P.func(W.Chain[N]);
    std::vector<uint32_t> Goals; // where the way goes on
    if (N + 1 == W.Chain.size())
      Goals.push_back(W.At->Block);
    else
      for (uint32_t B = 0; B < I.F->Blocks.size(); ++B)
        for (const ir::Inst &In : I.F->Blocks[B].Insts)
          if (In.Kind == ir::InstKind::Call &&
              P.callee(I, In).Body == W.Chain[N + 1])
            Goals.push_back(B);
    for (const Use &Each : U.usesIn(W.Chain[N]))
      if (isFlag(Each, Written) && llvm::any_of(Goals, [&](uint32_t Goal) {
            return ir::decides(*I.F, Each.Block, Goal);
          }))
        return true;
  }
  return false;
}

Witness Ending::armedWhileAlive(FieldKey K) const {
  const ValueTable &T = P.values();
  return armedBy(K, [&](const Caller &Who) {
    if (!Who.Table)
      return true;
    llvm::StringRef Struct = T.text(Who.Table->Struct);
    return Who.Table->Row &&
           (Struct == "net_device_ops" || Struct == "ethtool_ops" ||
            Struct == "dev_pm_ops" || feedsDevice(Struct));
  });
}

/// Nothing but the module's beginning and end runs \p F: by then its devices
/// have gone.
bool Ending::isModuleWide(FuncId F) const {
  std::vector<FuncId> Up{F};
  for (size_t At = 0; At < Up.size(); ++At) {
    FuncId G = Up[At];
    if (G == P.moduleInit() || G == P.moduleExit())
      continue;
    if (P.func(G).Callers.empty() ||
        llvm::any_of(U.callers(),
                     [&](const Caller &Who) { return Who.Func == G; }))
      return false;
    for (FuncId C : P.func(G).Callers)
      if (!llvm::is_contained(Up, C))
        Up.push_back(C);
  }
  return true;
}

bool Ending::drained(FieldKey K, FuncId Entry) {
  std::vector<FieldKey> Queues; ///< that it is put on
  for (const Use &Each : U.usesOf(K)) {
    if (Each.Kind != UseKind::Object || Each.Row->Does != Act::Arm)
      continue;
    // What waits for its timer is on no queue yet.
    const FuncInfo &F = P.func(Each.In);
    const ir::Inst &I = F.F->Blocks[Each.Block].Insts[Each.Inst];
    const ir::Expr &Delay = F.U->get(I.Args.back());
    if (P.model().objectClass(Each.Row->Class).Timed &&
        !(Delay.Kind == ir::ExprKind::Int && Delay.Int == 0))
      return false;
    for (const ApiObject &O : P.model().objects(Each.Row->Name))
      if (O.Class == "workqueue" && O.Object.In == Where::Arg &&
          O.Object.Index < I.Args.size())
        Queues.push_back(P.objectKey(Each.In, I.Args[O.Object.Index]));
  }
  auto InTime = [&](FuncId F) {
    return !isModuleWide(F) || Entry == P.moduleExit();
  };
  auto IsDrained = [&](FieldKey Queue) {
    bool Known = false;
    for (const Use &Each : U.usesOf(Queue))
      if (Each.Kind == UseKind::Object && ends(*Each.Row)) {
        if (InTime(Each.In))
          return true;
        Known = true;
      }
    return !Known && endsClass("workqueue", InTime); // by another name
  };
  return !Queues.empty() && llvm::all_of(Queues, IsDrained);
}

bool Ending::handsShaken(FuncId Handler) {
  const std::vector<FuncId> &Own = U.closure(Handler);
  for (FuncId F : Own)
    for (const Use &Each : U.usesIn(F)) {
      if (Each.Kind != UseKind::Object || Each.Row->Class != "completion")
        continue;
      for (const Use &Other : U.usesOf(Each.Key))
        if (Other.Kind == UseKind::Object && Other.Row->Does == Act::Use &&
            !llvm::is_contained(Own, Other.In) && mayRun(Other.In))
          return true;
    }
  return false;
}
