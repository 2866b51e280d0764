//===- ModelTest.cpp - Loading and asking the model -----------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Model.h"
#include "Check.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace netdev;

namespace {

constexpr unsigned V6_1 = (6 << 16) + (1 << 8) + 192;
constexpr unsigned V6_12 = (6 << 16) + (12 << 8) + 117;
constexpr unsigned V6_16 = (6 << 16) + (16 << 8);

/// What adding \p Json to a fresh model says; "" if it was taken.
std::string add(StringRef Json) {
  Model M;
  Error E = M.add(Json, "my.json");
  return E ? toString(std::move(E)) : "";
}

bool has(StringRef Text, StringRef Part) {
  if (Text.contains(Part))
    return true;
  errs() << "'" << Text << "' lacks '" << Part << "'\n";
  return false;
}

const char Wrapper[] = R"({"functions": [
  {"name": "my_free", "role": "free", "dev": {"arg": 0, "field": "ndev"},
   "rtnl": "state", "may_sleep": true, "source": "my.c:1"}]})";

void testBuiltin() {
  for (unsigned Kernel : {0u, V6_1, V6_12, V6_16}) {
    Model M = Model::builtin(Kernel);
    CHECK(M.functions().size() > 200);
    CHECK(M.callbacks().size() > 150);
    CHECK(M.allObjects().size() > 900);
    for (const ApiFunction &F : M.functions())
      CHECK(!F.Source.empty());
    for (const ApiCallback &C : M.callbacks())
      CHECK(!C.Source.empty());
    for (const ApiObject &O : M.allObjects())
      CHECK(!O.Source.empty());
  }
}

void testQueries() {
  Model M = Model::builtin();
  const ApiFunction *F = M.function("register_netdevice");
  CHECK(F && F->Does == Role::Register && F->Rtnl == RtnlNeed::Must);
  CHECK(F && F->Ok == Success::Zero && F->Dev.In == Where::Arg);
  F = M.function("alloc_netdev_mqs");
  CHECK(F && F->Does == Role::Alloc && F->Dev.In == Where::Ret &&
        F->SetupArg == 3 && F->Ok == Success::NonNull);
  F = M.function("unregister_netdevice_many");
  CHECK(F && F->Does == Role::UnregisterFlush && F->ListArg == 0 &&
        F->Dev.In == Where::None);
  F = M.function("m_can_class_free_dev");
  CHECK(F && F->Does == Role::Free);
  CHECK(!M.function("no_such_function"));

  const ApiCallback *C = M.callback("net_device_ops", "ndo_start_xmit");
  CHECK(C && C->DevArg == 1 && C->Atomic && C->Rtnl == EntryRtnl::NotHeld);
  C = M.callback("ethtool_ops", "get_drvinfo"); // by "*"
  CHECK(C && C->Field == "*" && C->Rtnl == EntryRtnl::Held);
  C = M.callback("ethtool_ops", "get_link"); // the exception wins
  CHECK(C && C->Rtnl == EntryRtnl::Either);
  CHECK(!M.callback("net_device_ops", "ndo_no_such"));
  CHECK(M.isTable("net_device_ops") && !M.isTable("net_device_opsx"));

  auto Works = M.objects("queue_work");
  CHECK_EQ(Works.size(), 2u);
  CHECK(any_of(Works, [](const ApiObject &O) {
    return O.Does == Act::Arm && O.Class == "work" && O.Object.Index == 1;
  }));
  CHECK(any_of(Works, [](const ApiObject &O) {
    return O.Does == Act::Use && O.Class == "workqueue";
  }));
  CHECK(any_of(M.objects("devm_request_threaded_irq"), [](const ApiObject &O) {
    return O.Does == Act::Bind && O.HandlerArg == 3 && O.CookieArg == 6 &&
           O.Devm;
  }));
  CHECK(M.objects("no_such_function").empty());
  CHECK(is_sorted(M.allObjects(), [](const ApiObject &A, const ApiObject &B) {
    return A.Name < B.Name;
  }));

  const ApiFieldBinding *B = M.fieldBinding("work_struct", "func");
  CHECK(B && B->Class == "work");
  CHECK(!M.fieldBinding("work_struct", "data"));
  CHECK(M.mustPrecedeRegister("netdev_ops"));
  CHECK(!M.mustPrecedeRegister("mtu"));
  CHECK(M.benignAfterRegister("netif_carrier_off"));
  CHECK(M.isHarmless("readl") && M.isHarmless("_dev_err"));
}

/// A name cannot both have an effect and be harmless.
void testHarmlessHasNoEffect() {
  Model M = Model::builtin();
  for (const ApiFunction &F : M.functions())
    CHECK(!M.isHarmless(F.Name));
  for (const ApiObject &O : M.allObjects())
    CHECK(!M.isHarmless(O.Name));
}

void testVersions() {
  Model Old = Model::builtin(V6_1), Now = Model::builtin(V6_12),
        Next = Model::builtin(V6_16), Any = Model::builtin();
  CHECK(!Old.function("alloc_netdev_dummy"));
  CHECK(Now.function("alloc_netdev_dummy"));
  CHECK(Now.function("init_dummy_netdev") &&
        !Next.function("init_dummy_netdev"));
  CHECK(Next.function("netdev_get_by_index_lock"));
  CHECK(!Now.function("netdev_get_by_index_lock"));
  CHECK(!Any.function("netdev_get_by_index_lock"));
  CHECK(Old.objects("disable_work_sync").empty());
  CHECK(!Now.objects("disable_work_sync").empty());
  CHECK(!Any.objects("disable_work_sync").empty());

  const ApiCallback *C = Now.callback("rtnl_link_ops", "validate");
  CHECK(C && C->Rtnl == EntryRtnl::Held);
  C = Any.callback("rtnl_link_ops", "validate");
  CHECK(C && C->Rtnl == EntryRtnl::Held);
  C = Next.callback("rtnl_link_ops", "validate");
  CHECK(C && C->Rtnl == EntryRtnl::NotHeld);
  C = Old.callback("net_device_ops", "ndo_fdb_del_bulk");
  CHECK(C && C->DevArg == 2);
  C = Now.callback("net_device_ops", "ndo_fdb_del_bulk");
  CHECK(C && C->DevArg == 1);

  // An older row stays for kernel 0 unless a newer one replaces it.
  Model M;
  CHECK(!M.add(R"({"functions": [
    {"name": "gone", "role": "free", "until": "6.5", "source": "x"},
    {"name": "both", "role": "hold", "until": "6.5", "source": "x"},
    {"name": "both", "role": "put", "since": "6.5", "source": "x"},
    {"name": "soon", "role": "put", "since": "7.0", "source": "x"}]})",
               "my.json"));
  CHECK(M.function("gone") && !M.function("soon"));
  CHECK(M.function("both") && M.function("both")->Does == Role::Put);
}

void testAdd() {
  Model M = Model::builtin();
  CHECK(!M.add(Wrapper, "my.json"));
  const ApiFunction *F = M.function("my_free");
  CHECK(F && F->Does == Role::Free && F->Dev.Field == "ndev" &&
        F->Rtnl == RtnlNeed::State);
  CHECK(M.function("free_netdev"));

  // A later file has the last word on a name.
  CHECK(!M.add(R"({"functions": [{"name": "my_free", "role": "put",
                                  "source": "my.c:2"}],
                   "objects": [{"name": "queue_work", "does": "use",
                                "class": "mine", "object": {"arg": 0},
                                "source": "my.c:3"}],
                   "harmless": ["my_log"]})",
               "two.json"));
  CHECK(M.function("my_free")->Does == Role::Put);
  CHECK_EQ(M.objects("queue_work").size(), 1u);
  CHECK(M.isHarmless("my_log"));
}

void testErrors() {
  CHECK_EQ(add(Wrapper), "");
  CHECK_EQ(add("{}"), "");
  CHECK(has(add("{\"functions\": [\n  {]}"), "my.json:2:4: is not valid JSON"));
  CHECK(has(add(""), "my.json:1:1: is not valid JSON"));
  CHECK(has(add("[]"), "my.json: is not a JSON object"));
  CHECK(has(add(R"({"function": []})"), "unknown section 'function'"));
  CHECK(has(add(R"({"functions": {}})"), "functions: is not an array"));
  CHECK(has(add(R"({"functions": [1]})"), "functions[0]: is not an object"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "frob",
                                   "source": "x"}]})"),
            "functions[0] \"f\": unknown role 'frob' (known: none, alloc,"));
  CHECK(has(add(R"({"functions": [{"name": "f", "source": "x"}]})"),
            "lacks 'role'"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "free"}]})"),
            "lacks 'source'"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "free", "rtln": 1,
                                   "source": "x"}]})"),
            "unknown member 'rtln'"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "free",
                                   "dev": {"arg": -1}, "source": "x"}]})"),
            "'arg' is not an argument index"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "free",
                                   "dev": {"field": "d"}, "source": "x"}]})"),
            "'dev' needs"));
  CHECK(has(add(R"({"functions": [{"name": 7, "role": "free",
                                   "source": "x"}]})"),
            "'name' is not a text"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "free", "since": "6",
                                   "source": "x"}]})"),
            "'since' is not a kernel version: '6'"));
  CHECK(has(add(R"({"functions": [{"name": "f", "role": "free",
                                   "since": "6.5", "until": "6.5",
                                   "source": "x"}]})"),
            "'since' is not before 'until'"));
  CHECK(has(add(R"({"functions": [
              {"name": "f", "role": "free", "source": "x"},
              {"name": "f", "role": "put", "source": "x"}]})"),
            "functions[1] \"f\": is listed twice"));
  CHECK(has(add(R"({"objects": [{"name": "o", "does": "bind", "class": "c",
                                 "object": {"arg": 0}, "source": "x"}]})"),
            "a bind row needs 'handler_arg'"));
  CHECK(has(add(R"({"callbacks": [{"struct": "s", "field": "f",
                                   "rtnl": "maybe", "source": "x"}]})"),
            "unknown rtnl 'maybe' (known: held, not, either)"));
  CHECK(has(add(R"({"harmless": ["a", 1]})"), "harmless[1]: is not a name"));

  // Nothing of a wrong file is taken, not even what stands before the fault.
  Model M = Model::builtin();
  size_t Before = M.functions().size();
  Error E = M.add(R"({"functions": [
      {"name": "good", "role": "free", "source": "x"},
      {"name": "bad", "role": "frob", "source": "x"}],
      "harmless": ["quiet"]})",
                  "my.json");
  CHECK(bool(E));
  consumeError(std::move(E));
  CHECK_EQ(M.functions().size(), Before);
  CHECK(!M.function("good") && !M.isHarmless("quiet"));
}

} // namespace

int main() {
  testBuiltin();
  testQueries();
  testHarmlessHasNoEffect();
  testVersions();
  testAdd();
  testErrors();
  return Failures != 0;
}
