//===- Signatures.cpp - The model against a kernel tree -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Signatures.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace netdev {
namespace {

const char DeviceRecord[] = "net_device";

/// True if the argument of such a function is a notifier block or link ops.
bool isAboutDevice(Role R) {
  return R != Role::NotifierRegister && R != Role::NotifierUnregister &&
         R != Role::LinkOpsRegister && R != Role::LinkOpsUnregister;
}

class Checker {
public:
  Checker(const Model &M, ArrayRef<Signature> Tree) : M(M) {
    for (const Signature &S : Tree)
      (S.Kind == Signature::Function ? Functions
       : S.Kind == Signature::Macro  ? Macros
                                     : Records)[S.Name] = &S;
  }

  std::vector<ModelProblem> run() {
    for (const ApiFunction &F : M.functions())
      check(F);
    for (const ApiCallback &C : M.callbacks())
      check(C);
    for (const ApiObject &O : M.allObjects())
      check(O);
    for (const ApiFieldBinding &B : M.usedByCore())
      check(B);
    for (const ApiFieldBinding &B : M.fieldBindings())
      check(B);
    return std::move(Problems);
  }

private:
  void start(StringRef Section, const Twine &Name, StringRef RowSource) {
    Row = (Section + ": " + Name).str();
    Source = RowSource;
  }

  void problem(const Twine &What) {
    Problems.push_back(
        {Row, (Row + ": " + What + " (row from " + Source + ")").str()});
  }

  const SignatureField *field(StringRef Record, StringRef Name) {
    auto It = Records.find(Record);
    if (It == Records.end())
      return nullptr;
    for (const SignatureField &F : It->second->Fields)
      if (F.Name == Name)
        return &F;
    return nullptr;
  }

  /// The signature to check argument numbers with. A macro that covers a
  /// function of its name takes what the function takes.
  const Signature *callee(StringRef Name) {
    auto F = Functions.find(Name);
    if (F != Functions.end())
      return F->second;
    auto It = Macros.find(Name);
    if (It != Macros.end())
      return It->second;
    if (!M.mayBeAbsent(Name))
      problem("the tree has no such function or macro");
    return nullptr;
  }

  bool hasArg(const Signature &S, StringRef What, int Index) {
    if (Index < 0 || S.Variadic || unsigned(Index) < S.NumParams)
      return true;
    problem(What + " is argument " + Twine(Index) + ", but there are only " +
            Twine(S.NumParams));
    return false;
  }

  /// The type at \p W, null if it is not known or was reported.
  const SignatureType *type(const Signature &S, StringRef What,
                            const Where &W) {
    if (W.In == Where::None || S.Kind != Signature::Function) {
      if (W.In == Where::Arg)
        hasArg(S, What, int(W.Index));
      return nullptr;
    }
    if (W.In == Where::Arg && !hasArg(S, What, int(W.Index)))
      return nullptr;
    if (W.In == Where::Arg && W.Index >= S.Params.size())
      return nullptr; // among the "..."
    const SignatureType &T = W.In == Where::Ret ? S.Return : S.Params[W.Index];
    if (W.In == Where::Ret && T.Is == SignatureType::Void) {
      problem(What + " is the result, but it returns nothing");
      return nullptr;
    }
    if (W.Field.empty())
      return &T;
    if (T.Is != SignatureType::RecordPointer) {
      problem(What + " is in member '" + W.Field + "', but '" + T.Text +
              "' has no members");
      return nullptr;
    }
    if (!Records.count(T.Record))
      return nullptr; // not defined where drivers can see it
    const SignatureField *F = field(T.Record, W.Field);
    if (!F)
      problem("'struct " + T.Record + "' has no member '" + W.Field + "'");
    return F ? &F->Type : nullptr;
  }

  void check(const ApiFunction &F) {
    start("functions", F.Name, F.Source);
    if (auto [Record, Member] = StringRef(F.Name).split('.'); !Member.empty())
      return checkPointer(F, Record, Member);
    const Signature *S = callee(F.Name);
    if (!S)
      return;
    const SignatureType *T = type(*S, "the device", F.Dev);
    if (T && isAboutDevice(F.Does) && T->Record != DeviceRecord)
      problem("the device should be a 'struct net_device *', but it is '" +
              T->Text + "'");
    hasArg(*S, "the list head", F.ListArg);
    hasArg(*S, "the tracker", F.TrackerArg);
    hasArg(*S, "the managing device", F.DeviceArg);
    if (hasArg(*S, "the setup callback", F.SetupArg))
      checkHandler(*S, "the setup callback", F.SetupArg);
  }

  /// \p F is what is called behind the pointer in \p Member of \p Record.
  void checkPointer(const ApiFunction &F, StringRef Record, StringRef Member) {
    const SignatureField *P = field(Record, Member);
    if (!P || P->Type.Is != SignatureType::FunctionPointer) {
      if (!M.mayBeAbsent(F.Name))
        problem("'struct " + Record + "' has no such function pointer");
      return;
    }
    Signature S;
    S.NumParams = P->Type.HandlerParams.size();
    if (F.Dev.In == Where::Arg && hasArg(S, "the device", int(F.Dev.Index)) &&
        F.Dev.Field.empty() &&
        P->Type.HandlerParams[F.Dev.Index] != DeviceRecord)
      problem("the device should be parameter " + Twine(F.Dev.Index) +
              ", but the member is '" + P->Type.Text + "'");
    hasArg(S, "the list head", F.ListArg);
  }

  void checkHandler(const Signature &S, StringRef What, int Index) {
    if (Index < 0 || S.Kind != Signature::Function ||
        unsigned(Index) >= S.Params.size())
      return;
    const SignatureType &T = S.Params[Index];
    if (T.Is != SignatureType::FunctionPointer)
      problem(What + " should be a function pointer, but it is '" + T.Text +
              "'");
  }

  void check(const ApiObject &O) {
    start("objects", O.Name, O.Source);
    const Signature *S = callee(O.Name);
    if (!S)
      return;
    type(*S, "the object", O.Object);
    if (hasArg(*S, "the handler", O.HandlerArg))
      checkHandler(*S, "the handler", O.HandlerArg);
    hasArg(*S, "the cookie", O.CookieArg);
  }

  void check(const ApiCallback &C) {
    start("callbacks", C.Struct + "." + C.Field, C.Source);
    auto It = Records.find(C.Struct);
    if (It == Records.end()) {
      if (!M.mayBeAbsent(C.Struct + "." + C.Field))
        problem("the tree has no 'struct " + C.Struct + "'");
      return;
    }
    auto HasDevice = [&](const SignatureField &F) {
      return size_t(C.DevArg) < F.Type.HandlerParams.size() &&
             F.Type.HandlerParams[C.DevArg] == DeviceRecord;
    };
    if (C.Field == "*") {
      if (C.DevArg >= 0 && none_of(It->second->Fields, HasDevice))
        problem("no member has the device as parameter " + Twine(C.DevArg));
      return;
    }
    const SignatureField *F = field(C.Struct, C.Field);
    if (!F) {
      if (!M.mayBeAbsent(C.Struct + "." + C.Field))
        problem("'struct " + C.Struct + "' has no member '" + C.Field + "'");
    } else if (C.DevArg >= 0 && !HasDevice(*F)) {
      problem("parameter " + Twine(C.DevArg) +
              " should be a 'struct net_device *', but the member is '" +
              F->Type.Text + "'");
    }
  }

  void check(const ApiFieldBinding &B) {
    start("field_bindings", B.Record + "." + B.Field, B.Source);
    if (field(B.Record, StringRef(B.Field).split('.').first) ||
        M.mayBeAbsent(B.Record + "." + B.Field))
      return;
    problem(Records.count(B.Record)
                ? "'struct " + B.Record + "' has no member '" + B.Field + "'"
                : "the tree has no 'struct " + B.Record + "'");
  }

  const Model &M;
  StringMap<const Signature *> Functions, Macros, Records;
  std::vector<ModelProblem> Problems;
  std::string Row, Source;
};

} // namespace

StringSet<> signatureNames(const Model &M) {
  StringSet<> Names;
  Names.insert(DeviceRecord);
  for (const ApiFunction &F : M.functions())
    Names.insert(StringRef(F.Name).split('.').first); // or the record
  for (const ApiCallback &C : M.callbacks())
    Names.insert(C.Struct);
  for (const ApiObject &O : M.allObjects())
    Names.insert(O.Name);
  for (const ApiFieldBinding &B : M.usedByCore())
    Names.insert(B.Record);
  for (const ApiFieldBinding &B : M.fieldBindings())
    Names.insert(B.Record);
  return Names;
}

std::string modelProbeSource(const Model &M) {
  std::string Text;
  for (StringRef Header : M.headers()) {
    // A header of one driver family is named by its path from the root.
    bool Private = Header.starts_with("drivers/");
    std::string Spelled =
        (Private ? "\"" + Header + "\"" : "<" + Header + ">").str();
    Text += "#if __has_include(" + Spelled + ")\n#include " + Spelled +
            "\n#endif\n";
  }
  return Text;
}

std::vector<ModelProblem> checkModel(const Model &M, ArrayRef<Signature> Tree) {
  return Checker(M, Tree).run();
}

} // namespace netdev
