//===- Model.cpp - What the kernel API does -------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Model.h"

#include "model/Rows.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace llvm;

namespace netdev {
namespace {

const char *const BuiltinJson =
#include "KernelApi.inc"
    ;

/// What Kernel 0 stands for, as LINUX_VERSION_CODE: the newest kernel all rows
/// were read from, 6.12.255.
constexpr unsigned Documented = (6 << 16) + (12 << 8) + 255;

/// Keeps the rows that hold for \p Kernel. For kernel 0 a row of an older
/// kernel stays too where no newer one speaks of the same thing.
template <typename T>
std::vector<T> choose(std::vector<Ranged<T>> Rows, unsigned Kernel) {
  unsigned At = Kernel ? Kernel : Documented;
  StringSet<> InRange;
  for (const Ranged<T> &R : Rows)
    if (R.holds(At))
      InRange.insert(R.Key);
  std::vector<T> Kept;
  for (Ranged<T> &R : Rows)
    if (R.holds(At) || (!Kernel && R.Since <= At && !InRange.contains(R.Key)))
      Kept.push_back(std::move(R.Value));
  return Kept;
}

/// Replaces the rows of \p Old that \p New speaks of, and adds the rest.
template <typename T, typename KeyFn>
void merge(std::vector<T> &Old, std::vector<T> New, KeyFn Key) {
  StringSet<> Said;
  for (const T &Row : New)
    Said.insert(Key(Row));
  erase_if(Old, [&](const T &Row) { return Said.contains(Key(Row)); });
  for (T &Row : New)
    Old.push_back(std::move(Row));
}

} // namespace

Model Model::builtin(unsigned Kernel) {
  Model M;
  M.Kernel = Kernel;
  cantFail(M.add(BuiltinJson, "kernel-api.json"));
  return M;
}

Error Model::add(StringRef Json, StringRef FileName) {
  Expected<FileRows> New = readRows(Json, FileName);
  if (!New)
    return New.takeError();

  merge(Functions, choose(std::move(New->Functions), Kernel),
        [](const ApiFunction &F) { return F.Name; });
  merge(Callbacks, choose(std::move(New->Callbacks), Kernel),
        [](const ApiCallback &C) { return keyOf(C); });
  merge(Objects, choose(std::move(New->Objects), Kernel),
        [](const ApiObject &O) { return O.Name; });
  merge(FieldBindings, choose(std::move(New->FieldBindings), Kernel),
        [](const ApiFieldBinding &B) { return keyOf(B); });
  merge(UsedByCore, choose(std::move(New->UsedByCore), Kernel),
        [](const ApiFieldBinding &B) { return keyOf(B); });
  for (ApiClass &C : choose(std::move(New->Classes), Kernel))
    Classes[C.Name] = C;
  for (std::string &H : New->Headers)
    Headers.push_back(std::move(H));
  for (auto &[Names, Set] :
       {std::pair(&New->TooLate, &TooLate), std::pair(&New->Benign, &Benign),
        std::pair(&New->Harmless, &Harmless)})
    for (const std::string &Name : *Names)
      Set->insert(Name);
  for (const auto &Entry : New->Optional)
    Optional.insert(Entry.getKey());
  index();
  return Error::success();
}

void Model::index() {
  std::map<std::string, std::vector<ApiObject>> ByName;
  for (ApiObject &O : Objects)
    ByName[O.Name].push_back(std::move(O));
  Objects.clear();
  for (auto &[Name, Rows] : ByName)
    for (ApiObject &O : Rows)
      Objects.push_back(std::move(O));
  FunctionIndex.clear();
  CallbackIndex.clear();
  ObjectIndex.clear();
  Tables.clear();
  for (unsigned I = 0; I < Functions.size(); ++I)
    FunctionIndex[Functions[I].Name] = I;
  for (unsigned I = 0; I < Callbacks.size(); ++I) {
    CallbackIndex[keyOf(Callbacks[I])] = I;
    Tables.insert(Callbacks[I].Struct);
  }
  for (unsigned I = 0; I < Objects.size(); ++I) {
    auto &Range = ObjectIndex.try_emplace(Objects[I].Name, I, 0).first->second;
    ++Range.second;
  }
}

const ApiFunction *Model::function(StringRef Name) const {
  auto It = FunctionIndex.find(Name);
  return It == FunctionIndex.end() ? nullptr : &Functions[It->second];
}

const ApiCallback *Model::callback(StringRef Struct, StringRef Field) const {
  auto It = CallbackIndex.find((Struct + "." + Field).str());
  if (It == CallbackIndex.end())
    It = CallbackIndex.find((Struct + ".*").str());
  return It == CallbackIndex.end() ? nullptr : &Callbacks[It->second];
}

bool Model::isTable(StringRef Struct) const { return Tables.contains(Struct); }

ArrayRef<ApiObject> Model::objects(StringRef Name) const {
  auto It = ObjectIndex.find(Name);
  if (It == ObjectIndex.end())
    return {};
  return ArrayRef(Objects).slice(It->second.first, It->second.second);
}

const ApiClass &Model::objectClass(StringRef Class) const {
  static const ApiClass None;
  auto It = Classes.find(Class);
  return It == Classes.end() ? None : It->second;
}

const ApiFieldBinding *Model::fieldBinding(StringRef Record,
                                           StringRef Field) const {
  for (const ApiFieldBinding &B : FieldBindings)
    if (B.Record == Record && B.Field == Field)
      return &B;
  return nullptr;
}

bool Model::mustPrecedeRegister(StringRef NetDeviceField) const {
  return TooLate.contains(NetDeviceField);
}

bool Model::benignAfterRegister(StringRef Name) const {
  return Benign.contains(Name);
}

bool Model::isHarmless(StringRef Name) const { return Harmless.contains(Name); }

bool Model::mayBeAbsent(StringRef Name) const {
  return Optional.contains(Name);
}

} // namespace netdev
