//===- Model.cpp - What the kernel API does -------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Model.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

using namespace llvm;
using nlohmann::json;

namespace netdev {
namespace {

const char *const BuiltinJson =
#include "KernelApi.inc"
    ;

/// LINUX_VERSION_CODE of \p Major.\p Minor.\p Patch.
constexpr unsigned version(unsigned Major, unsigned Minor, unsigned Patch) {
  return (Major << 16) + (Minor << 8) + Patch;
}

/// What Kernel 0 stands for: the newest kernel all rows were read from.
constexpr unsigned Documented = version(6, 12, 255);

template <typename T> struct Word {
  const char *Text;
  T Value;
};

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
    {"ref-convert", Role::RefConvert},
    {"lookup-held", Role::LookupHeld},
    {"lookup-held-struct-device", Role::LookupHeldStructDevice},
    {"lookup-rcu", Role::LookupRcu},
    {"lookup-rtnl", Role::LookupRtnl},
    {"lookup-borrowed", Role::LookupBorrowed},
    {"lookup-locked", Role::LookupLocked},
    {"lookup-cond", Role::LookupCond},
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
};

/// "6.10" or "6.12.3" as LINUX_VERSION_CODE.
std::optional<unsigned> parseVersion(StringRef Text) {
  SmallVector<StringRef, 3> Parts;
  Text.split(Parts, '.');
  unsigned N[3] = {0, 0, 0};
  if (Parts.size() < 2 || Parts.size() > 3)
    return std::nullopt;
  for (size_t I = 0; I < Parts.size(); ++I)
    if (Parts[I].getAsInteger(10, N[I]) || N[I] > 255)
      return std::nullopt;
  return version(N[0], N[1], N[2]);
}

/// Reads the members of one row. The first thing wrong with it is kept in
/// \p Wrong; members read after that have no meaning.
class Row {
public:
  Row(const json &J, std::string &Wrong, ArrayRef<StringRef> Known)
      : J(J), Wrong(Wrong) {
    if (!J.is_object()) {
      fail("is not an object");
      return;
    }
    for (auto It = J.begin(); It != J.end(); ++It)
      if (!is_contained(Known, StringRef(It.key())))
        fail("unknown member '" + It.key() + "'");
    Since = ver("since");
    Until = ver("until");
    if (Until && Since >= Until)
      fail("'since' is not before 'until'");
  }

  void fail(const Twine &What) {
    if (Wrong.empty())
      Wrong = What.str();
  }

  std::string text(const char *Key, bool Required = true) {
    const json *V = get(Key);
    if (!V) {
      if (Required)
        fail(Twine("lacks '") + Key + "'");
      return {};
    }
    if (!V->is_string() || (Required && stringOf(*V).empty())) {
      fail(Twine("'") + Key + "' is not a text");
      return {};
    }
    return stringOf(*V);
  }

  bool flag(const char *Key) {
    const json *V = get(Key);
    if (V && !V->is_boolean())
      fail(Twine("'") + Key + "' is not true or false");
    return V && V->is_boolean() && V->get<bool>();
  }

  int index(const char *Key) {
    const json *V = get(Key);
    return V ? index(*V, Key) : -1;
  }

  template <typename T, size_t N>
  T word(const char *Key, const Word<T> (&Table)[N], bool Required = false) {
    std::string Text = text(Key, Required);
    if (Text.empty())
      return Table[0].Value;
    for (const Word<T> &W : Table)
      if (Text == W.Text)
        return W.Value;
    std::string All;
    for (const Word<T> &W : Table)
      All += std::string(All.empty() ? "" : ", ") + W.Text;
    fail(Twine("unknown ") + Key + " '" + Text + "' (known: " + All + ")");
    return Table[0].Value;
  }

  Where where(const char *Key, bool Required) {
    Where W;
    const json *V = get(Key);
    if (!V) {
      if (Required)
        fail(Twine("lacks '") + Key + "'");
      return W;
    }
    if (!V->is_object()) {
      fail(Twine("'") + Key + "' is not an object");
      return W;
    }
    for (auto It = V->begin(); It != V->end(); ++It) {
      if (It.key() == "arg") {
        W.In = Where::Arg;
        W.Index = std::max(0, index(It.value(), "arg"));
      } else if (It.key() == "ret" && It.value() == true) {
        W.In = Where::Ret;
      } else if (It.key() == "field" && It.value().is_string()) {
        W.Field = stringOf(It.value());
      } else {
        fail(Twine("'") + Key + "' has a wrong member '" + It.key() + "'");
      }
    }
    if (W.In == Where::None || (V->count("arg") && V->count("ret")))
      fail(Twine("'") + Key + "' needs \"arg\": N or \"ret\": true");
    return W;
  }

  unsigned Since = 0, Until = 0;

private:
  static const std::string &stringOf(const json &V) {
    return V.get_ref<const std::string &>();
  }

  const json *get(const char *Key) {
    if (!J.is_object())
      return nullptr;
    auto It = J.find(Key);
    return It == J.end() ? nullptr : &*It;
  }

  int index(const json &V, const char *Key) {
    if (V.is_number_unsigned() && V.get<uint64_t>() < 32)
      return int(V.get<uint64_t>());
    fail(Twine("'") + Key + "' is not an argument index");
    return -1;
  }

  unsigned ver(const char *Key) {
    std::string Text = text(Key, /*Required=*/false);
    if (Text.empty())
      return 0;
    std::optional<unsigned> V = parseVersion(Text);
    if (!V)
      fail(Twine("'") + Key + "' is not a kernel version: '" + Text + "'");
    return V.value_or(0);
  }

  const json &J;
  std::string &Wrong;
};

/// A row with the kernels it is about, before the ones that hold are chosen.
template <typename T> struct Ranged {
  T Value;
  std::string Key; ///< rows of equal key are about the same thing
  unsigned Since = 0, Until = 0;

  bool holds(unsigned Kernel) const {
    return Kernel >= Since && (!Until || Kernel < Until);
  }
};

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

/// Two rows of the same key must not hold for the same kernel.
template <typename T>
bool overlaps(ArrayRef<Ranged<T>> Rows, const Ranged<T> &New) {
  return any_of(Rows, [&](const Ranged<T> &R) {
    return R.Key == New.Key && (!R.Until || New.Since < R.Until) &&
           (!New.Until || R.Since < New.Until);
  });
}

std::string keyOf(const ApiFunction &F) { return F.Name; }
std::string keyOf(const ApiCallback &C) { return C.Struct + "." + C.Field; }
std::string keyOf(const ApiFieldBinding &B) { return B.Record + "." + B.Field; }
std::string keyOf(const ApiObject &O) {
  return O.Name + "/" + std::to_string(unsigned(O.Does)) + "/" + O.Class + "/" +
         std::to_string(O.Object.Index) + "/" + std::to_string(O.HandlerArg);
}

ApiFunction readFunction(Row &R) {
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

ApiCallback readCallback(Row &R) {
  ApiCallback C;
  C.Struct = R.text("struct");
  C.Field = R.text("field");
  C.Rtnl = R.word("rtnl", EntryRtnls, /*Required=*/true);
  C.Atomic = R.flag("atomic");
  C.DevArg = R.index("dev_arg");
  C.Source = R.text("source");
  return C;
}

ApiObject readObject(Row &R) {
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

ApiFieldBinding readFieldBinding(Row &R) {
  return {R.text("record"), R.text("field"), R.text("class"), R.text("source")};
}

const StringRef FunctionMembers[] = {
    "name",     "role",      "dev",    "success",   "rtnl",        "may_sleep",
    "null_ok",  "since",     "until",  "setup_arg", "tracker_arg", "device_arg",
    "list_arg", "free_with", "macros", "optional",  "source",      "note"};
const StringRef CallbackMembers[] = {"struct",  "field", "rtnl",  "atomic",
                                     "dev_arg", "since", "until", "optional",
                                     "source",  "note"};
const StringRef ObjectMembers[] = {
    "name", "does",  "class", "object",   "handler_arg", "cookie_arg",
    "devm", "since", "until", "optional", "source",      "note"};
const StringRef BindingMembers[] = {"record", "field",    "class",  "since",
                                    "until",  "optional", "source", "note"};
const StringRef Sections[] = {"meta",
                              "headers",
                              "functions",
                              "callbacks",
                              "objects",
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
  std::vector<Ranged<T>> rows(const char *Section, T (*Read)(Row &),
                              ArrayRef<StringRef> Known) {
    std::vector<Ranged<T>> Rows;
    StringMap<std::vector<Ranged<T>>> Seen;
    unsigned N = 0;
    for (const json &J : section(Section)) {
      std::string Fault;
      Row R(J, Fault, Known);
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
    for (const char *Key : {"name", "struct", "record"})
      if (J.is_object() && J.count(Key) && J[Key].is_string())
        return " \"" + J[Key].get_ref<const std::string &>() + "\"";
    return {};
  }

  static std::string optionalKey(const ApiFunction &F) { return F.Name; }
  static std::string optionalKey(const ApiObject &O) { return O.Name; }
  static std::string optionalKey(const ApiCallback &C) { return keyOf(C); }
  static std::string optionalKey(const ApiFieldBinding &B) { return keyOf(B); }

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
  auto NewFunctions = R.rows("functions", readFunction, FunctionMembers);
  auto NewCallbacks = R.rows("callbacks", readCallback, CallbackMembers);
  auto NewObjects = R.rows("objects", readObject, ObjectMembers);
  auto NewBindings = R.rows("field_bindings", readFieldBinding, BindingMembers);
  std::vector<std::string> NewHeaders = R.names("headers"),
                           NewTooLate = R.names("device_fields_pre_register"),
                           NewBenign = R.names("benign_after_register"),
                           NewHarmless = R.names("harmless");
  if (!R.Wrong.empty())
    return failure(FileName, R.Wrong);

  merge(Functions, choose(std::move(NewFunctions), Kernel),
        [](const ApiFunction &F) { return F.Name; });
  merge(Callbacks, choose(std::move(NewCallbacks), Kernel),
        [](const ApiCallback &C) { return keyOf(C); });
  merge(Objects, choose(std::move(NewObjects), Kernel),
        [](const ApiObject &O) { return O.Name; });
  merge(FieldBindings, choose(std::move(NewBindings), Kernel),
        [](const ApiFieldBinding &B) { return keyOf(B); });
  for (std::string &H : NewHeaders)
    Headers.push_back(std::move(H));
  for (auto &[Names, Set] :
       {std::pair(&NewTooLate, &TooLate), std::pair(&NewBenign, &Benign),
        std::pair(&NewHarmless, &Harmless)})
    for (const std::string &Name : *Names)
      Set->insert(Name);
  for (const auto &Entry : R.Optional)
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
