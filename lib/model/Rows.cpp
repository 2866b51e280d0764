//===- Rows.cpp - The rows of a kernel API file ---------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Rows.h"

#include "model/JsonRow.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using nlohmann::json;

namespace netdev {

std::string keyOf(const ApiCallback &C) { return C.Struct + "." + C.Field; }
std::string keyOf(const ApiFieldBinding &B) { return B.Record + "." + B.Field; }

namespace {

const Word<Role> Roles[] = {
    {"none", Role::None},
    {"alloc", Role::Alloc},
    {"alloc-dummy", Role::AllocDummy},
    {"init-dummy", Role::InitDummy},
    {"alloc-devm", Role::AllocDevm},
    {"alloc+register", Role::AllocRegister},
    {"free", Role::Free},
    {"unregister+free", Role::UnregisterFree},
    {"register", Role::Register},
    {"register-devm", Role::RegisterDevm},
    {"unregister", Role::Unregister},
    {"unregister-flush", Role::UnregisterFlush},
    {"linkops-register", Role::LinkOpsRegister},
    {"linkops-unregister", Role::LinkOpsUnregister},
    {"configure", Role::Configure},
    {"predicate", Role::Predicate},
    {"hold", Role::Hold},
    {"put", Role::Put},
    {"hold+put", Role::HoldPut},
    {"ref-track", Role::RefTrack},
    {"ref-untrack", Role::RefUntrack},
    {"lookup-held", Role::LookupHeld},
    {"lookup-held-struct-device", Role::LookupHeldStructDevice},
    {"lookup-rcu", Role::LookupRcu},
    {"lookup-rtnl", Role::LookupRtnl},
    {"lookup-borrowed", Role::LookupBorrowed},
    {"lookup-locked", Role::LookupLocked},
    {"lookup-cond", Role::LookupCond},
    {"rcu-lock", Role::RcuLock},
    {"rcu-unlock", Role::RcuUnlock},
    {"rtnl-lock", Role::RtnlLock},
    {"rtnl-unlock", Role::RtnlUnlock},
    {"rtnl-unlock-core", Role::RtnlUnlockCore},
    {"rtnl-trylock", Role::RtnlTrylock},
    {"rtnl-query", Role::RtnlQuery},
    {"rtnl-assert", Role::RtnlAssert},
    {"asserts-rtnl", Role::AssertsRtnl},
    {"takes-rtnl", Role::TakesRtnl},
    {"notifier-register", Role::NotifierRegister},
    {"notifier-unregister", Role::NotifierUnregister},
    {"priv-accessor", Role::PrivAccessor},
    {"pre-register-setter", Role::PreRegisterSetter},
};

const Word<Success> Successes[] = {
    {"void", Success::Void},        {"zero", Success::Zero},
    {"non-null", Success::NonNull}, {"not-err", Success::NotErr},
    {"non-zero", Success::NonZero},
};

const Word<RtnlNeed> RtnlNeeds[] = {
    {"either", RtnlNeed::Either},
    {"must", RtnlNeed::Must},
    {"must_not", RtnlNeed::MustNot},
    {"state", RtnlNeed::State},
};

const Word<EntryRtnl> EntryRtnls[] = {
    {"held", EntryRtnl::Held},
    {"not", EntryRtnl::NotHeld},
    {"either", EntryRtnl::Either},
};

const Word<Act> Acts[] = {
    {"init", Act::Init},
    {"create", Act::Create},
    {"destroy", Act::Destroy},
    {"bind", Act::Bind},
    {"arm", Act::Arm},
    {"cancel-sync", Act::CancelSync},
    {"disable-sync", Act::DisableSync},
    {"flush-sync", Act::FlushSync},
    {"cancel-nosync", Act::CancelNosync},
    {"use", Act::Use},
    {"identity", Act::Identity},
    {"publish", Act::Publish},
    {"withdraw", Act::Withdraw},
    {"lock", Act::Lock},
};

/// Two rows of the same key must not hold for the same kernel.
template <typename T>
bool overlaps(ArrayRef<Ranged<T>> Rows, const Ranged<T> &New) {
  return any_of(Rows, [&](const Ranged<T> &R) {
    return R.Key == New.Key && (!R.Until || New.Since < R.Until) &&
           (!New.Until || R.Since < New.Until);
  });
}

std::string keyOf(const ApiFunction &F) { return F.Name; }
std::string keyOf(const ApiClass &C) { return C.Name; }
std::string keyOf(const ApiObject &O) {
  return O.Name + "/" + std::to_string(unsigned(O.Does)) + "/" + O.Class + "/" +
         std::to_string(O.Object.Index) + "/" + std::to_string(O.HandlerArg);
}

ApiFunction readFunction(JsonRow &R) {
  ApiFunction F;
  F.Name = R.text("name");
  F.Does = R.word("role", Roles, /*Required=*/true);
  F.Dev = R.where("dev", /*Required=*/false);
  F.Ok = R.word("success", Successes);
  F.Rtnl = R.word("rtnl", RtnlNeeds);
  F.MaySleep = R.flag("may_sleep");
  F.NullOk = R.flag("null_ok");
  F.SetupArg = R.index("setup_arg");
  F.ListArg = R.index("list_arg");
  F.TrackerArg = R.index("tracker_arg");
  F.DeviceArg = R.index("device_arg");
  F.FreeWith = R.text("free_with", /*Required=*/false);
  F.Source = R.text("source");
  return F;
}

ApiCallback readCallback(JsonRow &R) {
  ApiCallback C;
  C.Struct = R.text("struct");
  C.Field = R.text("field");
  C.Rtnl = R.word("rtnl", EntryRtnls, /*Required=*/true);
  C.Atomic = R.flag("atomic");
  C.Unregistered = R.flag("unregistered");
  C.DeviceLock = R.flag("device_lock");
  C.DevArg = R.index("dev_arg");
  C.Source = R.text("source");
  return C;
}

ApiObject readObject(JsonRow &R) {
  ApiObject O;
  O.Name = R.text("name");
  O.Does = R.word("does", Acts, /*Required=*/true);
  O.Class = R.text("class");
  O.Object = R.where("object", /*Required=*/true);
  O.HandlerArg = R.index("handler_arg");
  O.CookieArg = R.index("cookie_arg");
  O.Devm = R.flag("devm");
  O.Source = R.text("source");
  if (O.Does == Act::Bind && O.HandlerArg < 0)
    R.fail("a bind row needs 'handler_arg'");
  return O;
}

ApiFieldBinding readFieldBinding(JsonRow &R) {
  return {R.text("record"), R.text("field"), R.text("class"), R.text("source")};
}

ApiClass readClass(JsonRow &R) {
  ApiClass C;
  C.Name = R.text("class");
  C.Runs = R.flag("runs");
  C.Ends = R.flag("ends");
  C.Timed = R.flag("timed");
  C.NeedsInit = R.flag("needs_init");
  C.ByCookie = R.flag("by_cookie");
  C.ArmMayFail = R.flag("arm_may_fail");
  C.Carries = R.names("carries");
  C.Source = R.text("source");
  return C;
}

const StringRef FunctionMembers[] = {
    "name",     "role",      "dev",    "success",   "rtnl",        "may_sleep",
    "null_ok",  "since",     "until",  "setup_arg", "tracker_arg", "device_arg",
    "list_arg", "free_with", "macros", "optional",  "source",      "note"};
const StringRef CallbackMembers[] = {
    "struct",  "field", "rtnl",  "atomic",   "unregistered", "device_lock",
    "dev_arg", "since", "until", "optional", "source",       "note"};
const StringRef ObjectMembers[] = {
    "name", "does",  "class", "object",   "handler_arg", "cookie_arg",
    "devm", "since", "until", "optional", "source",      "note"};
const StringRef BindingMembers[] = {"record", "field",    "class",  "since",
                                    "until",  "optional", "source", "note"};
const StringRef ClassMembers[] = {
    "class",     "runs",         "ends",    "timed",  "needs_init",
    "by_cookie", "arm_may_fail", "carries", "source", "note"};
const StringRef Sections[] = {"meta",
                              "headers",
                              "functions",
                              "callbacks",
                              "objects",
                              "object_classes",
                              "used_by_core",
                              "field_bindings",
                              "harmless",
                              "device_fields_pre_register",
                              "benign_after_register"};

/// The form of the whole file; reads all of it before anything is added.
class Reader {
public:
  explicit Reader(const json &Doc) : Doc(Doc) {
    if (!Doc.is_object()) {
      Wrong = "is not a JSON object";
      return;
    }
    for (auto It = Doc.begin(); It != Doc.end() && Wrong.empty(); ++It)
      if (!is_contained(Sections, StringRef(It.key())))
        Wrong = "unknown section '" + It.key() + "'";
  }

  template <typename T>
  std::vector<Ranged<T>> rows(const char *Section, T (*Read)(JsonRow &),
                              ArrayRef<StringRef> Known) {
    std::vector<Ranged<T>> Rows;
    StringMap<std::vector<Ranged<T>>> Seen;
    unsigned N = 0;
    for (const json &J : section(Section)) {
      std::string Fault;
      JsonRow R(J, Fault, Known);
      Ranged<T> New;
      New.Value = Read(R);
      New.Key = keyOf(New.Value);
      New.Since = R.Since;
      New.Until = R.Until;
      std::vector<Ranged<T>> &Same = Seen[New.Key];
      if (overlaps<T>(Same, New))
        R.fail("is listed twice");
      Same.push_back(New);
      if (R.flag("optional"))
        Optional.insert(optionalKey(New.Value));
      if (!Fault.empty()) {
        Wrong = std::string(Section) + "[" + std::to_string(N) + "]" + name(J) +
                ": " + Fault;
        return {};
      }
      Rows.push_back(std::move(New));
      ++N;
    }
    return Rows;
  }

  std::vector<std::string> names(const char *Section) {
    std::vector<std::string> Names;
    for (const json &J : section(Section)) {
      if (!J.is_string() || J.get_ref<const std::string &>().empty()) {
        Wrong = std::string(Section) + "[" + std::to_string(Names.size()) +
                "]: is not a name";
        return {};
      }
      Names.push_back(J.get_ref<const std::string &>());
    }
    return Names;
  }

  std::string Wrong;
  StringSet<> Optional;

private:
  const json &section(const char *Section) {
    static const json None = json::array();
    if (!Wrong.empty())
      return None;
    auto It = Doc.find(Section);
    if (It == Doc.end())
      return None;
    if (!It->is_array()) {
      Wrong = std::string(Section) + ": is not an array";
      return None;
    }
    return *It;
  }

  /// ` "INIT_WORK"`, so that a wrong row is found without counting.
  static std::string name(const json &J) {
    for (const char *Key : {"name", "struct", "record", "class"})
      if (J.is_object() && J.count(Key) && J[Key].is_string())
        return " \"" + J[Key].get_ref<const std::string &>() + "\"";
    return {};
  }

  static std::string optionalKey(const ApiFunction &F) { return F.Name; }
  static std::string optionalKey(const ApiObject &O) { return O.Name; }
  static std::string optionalKey(const ApiCallback &C) { return keyOf(C); }
  static std::string optionalKey(const ApiFieldBinding &B) { return keyOf(B); }
  static std::string optionalKey(const ApiClass &C) { return C.Name; }

  const json &Doc;
};

/// Where the text stops being JSON.
struct SyntaxError : nlohmann::json_sax<json> {
  size_t At = 0;
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t &) override { return true; }
  bool string(string_t &) override { return true; }
  bool binary(binary_t &) override { return true; }
  bool start_object(size_t) override { return true; }
  bool key(string_t &) override { return true; }
  bool end_object() override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(size_t Position, const std::string &,
                   const nlohmann::detail::exception &) override {
    At = Position;
    return false;
  }
};

Error failure(StringRef FileName, const Twine &What) {
  return createStringError(inconvertibleErrorCode(), "%s",
                           (FileName + ": " + What).str().c_str());
}

} // namespace

Expected<FileRows> readRows(StringRef Json, StringRef FileName) {
  json Doc = json::parse(Json.begin(), Json.end(), /*cb=*/nullptr,
                         /*allow_exceptions=*/false);
  if (Doc.is_discarded()) {
    SyntaxError Place;
    json::sax_parse(Json.begin(), Json.end(), &Place);
    StringRef Before = Json.take_front(Place.At ? Place.At - 1 : 0);
    size_t Line = Before.count('\n') + 1;
    size_t Col = Before.size() - (Before.rfind('\n') + 1) + 1;
    return failure((FileName + ":" + Twine(Line) + ":" + Twine(Col)).str(),
                   "is not valid JSON");
  }

  Reader R(Doc);
  FileRows All;
  All.Functions = R.rows("functions", readFunction, FunctionMembers);
  All.Callbacks = R.rows("callbacks", readCallback, CallbackMembers);
  All.Objects = R.rows("objects", readObject, ObjectMembers);
  All.FieldBindings =
      R.rows("field_bindings", readFieldBinding, BindingMembers);
  All.UsedByCore = R.rows("used_by_core", readFieldBinding, BindingMembers);
  All.Classes = R.rows("object_classes", readClass, ClassMembers);
  All.Headers = R.names("headers");
  All.TooLate = R.names("device_fields_pre_register");
  All.Benign = R.names("benign_after_register");
  All.Harmless = R.names("harmless");
  if (!R.Wrong.empty())
    return failure(FileName, R.Wrong);
  All.Optional = std::move(R.Optional);
  return All;
}

} // namespace netdev
