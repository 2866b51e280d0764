//===- SignaturesTest.cpp - --check-model on a small tree -----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "lower/Declarations.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"

using namespace llvm;
using namespace netdev;

namespace {

const char Tree[] = R"(
#define LINUX_VERSION_CODE 396405
struct net_device;
struct holder { int x; union { struct net_device *ndev; }; };
struct sk_buff;
struct net_device_ops {
  int (*ndo_open)(struct net_device *dev);
  int (*ndo_xmit)(struct sk_buff *skb, struct net_device *dev);
};
struct list_head;
struct timer { void (*function)(struct timer *); };
int reg(struct net_device *dev);
void freed(struct holder *h);
static inline void unreg(struct net_device *dev, struct list_head *h) {}
struct net_device *alloc(int size, const char *name, unsigned char assign,
                         void (*setup)(struct net_device *));
void setup_timer(struct timer *t, void (*fn)(struct timer *), int flags);
#define MACRO(a, b) reg(a)
#define MANY(...) reg(__VA_ARGS__)
#define ALIAS reg
void notify(struct holder *nb);
)";

/// The problems of the rows \p Json on Tree, one a line.
std::string check(StringRef Json) {
  struct Consumer : clang::ASTConsumer {
    Consumer(clang::CompilerInstance &CI, StringRef Json, std::string &Out)
        : CI(CI), Json(Json), Out(Out) {}
    void HandleTranslationUnit(clang::ASTContext &Ctx) override {
      CHECK_EQ(kernelVersion(CI.getPreprocessor()), 396405u);
      Model M;
      if (Error E = M.add(Json, "rows.json")) {
        Out = toString(std::move(E));
        return;
      }
      for (const ModelProblem &P :
           checkModel(M, collectSignatures(Ctx, CI.getPreprocessor(),
                                           signatureNames(M))))
        Out += P.Text + "\n";
    }
    clang::CompilerInstance &CI;
    StringRef Json;
    std::string &Out;
  };
  struct Action : clang::ASTFrontendAction {
    Action(StringRef Json, std::string &Out) : Json(Json), Out(Out) {}
    std::unique_ptr<clang::ASTConsumer>
    CreateASTConsumer(clang::CompilerInstance &CI, StringRef) override {
      return std::make_unique<Consumer>(CI, Json, Out);
    }
    StringRef Json;
    std::string &Out;
  };
  std::string Out;
  CHECK(clang::tooling::runToolOnCodeWithArgs(
      std::make_unique<Action>(Json, Out), Tree, {"-w", "-std=gnu11"},
      "probe.c"));
  return Out;
}

std::string function(StringRef Members) {
  return check(
      ("{\"functions\": [{\"source\": \"x.c:1\", " + Members + "}]}").str());
}

std::string object(StringRef Members) {
  return check(("{\"objects\": [{\"source\": \"x.c:1\", \"class\": \"c\", " +
                Members + "}]}")
                   .str());
}

std::string callback(StringRef Members) {
  return check(
      ("{\"callbacks\": [{\"source\": \"x.c:1\", \"rtnl\": \"held\", " +
       Members + "}]}")
          .str());
}

void testFunctions() {
  CHECK_EQ(function(R"("name": "reg", "role": "register", "dev": {"arg": 0})"),
           "");
  CHECK_EQ(function(R"("name": "gone", "role": "free")"),
           "functions: gone: the tree has no such function or macro (row from "
           "x.c:1)\n");
  CHECK_EQ(function(R"("name": "gone", "role": "free", "optional": true)"), "");
  CHECK_EQ(function(R"("name": "reg", "role": "free", "dev": {"arg": 1})"),
           "functions: reg: the device is argument 1, but there are only 1 "
           "(row from x.c:1)\n");
  CHECK_EQ(function(R"("name": "freed", "role": "free", "dev": {"arg": 0})"),
           "functions: freed: the device should be a 'struct net_device *', "
           "but it is 'struct holder *' (row from x.c:1)\n");
  CHECK_EQ(function(R"("name": "freed", "role": "free",
                       "dev": {"arg": 0, "field": "ndev"})"),
           "");
  CHECK_EQ(function(R"("name": "freed", "role": "free",
                       "dev": {"arg": 0, "field": "dev"})"),
           "functions: freed: 'struct holder' has no member 'dev' (row from "
           "x.c:1)\n");
  CHECK_EQ(
      function(R"("name": "freed", "role": "alloc", "dev": {"ret": true})"),
      "functions: freed: the device is the result, but it returns nothing "
      "(row from x.c:1)\n");
  CHECK_EQ(function(R"("name": "alloc", "role": "alloc", "dev": {"ret": true},
                       "setup_arg": 3)"),
           "");
  CHECK_EQ(function(R"("name": "alloc", "role": "alloc", "dev": {"ret": true},
                       "setup_arg": 2)"),
           "functions: alloc: the setup callback should be a function pointer, "
           "but it is 'unsigned char' (row from x.c:1)\n");
  CHECK_EQ(function(R"("name": "unreg", "role": "unregister",
                       "dev": {"arg": 0}, "list_arg": 2)"),
           "functions: unreg: the list head is argument 2, but there are only "
           "2 (row from x.c:1)\n");
  // A notifier block or link ops is no device.
  CHECK_EQ(function(R"("name": "notify", "role": "notifier-register",
                       "dev": {"arg": 0})"),
           "");
}

void testMacros() {
  CHECK_EQ(object(R"("name": "MACRO", "does": "use", "object": {"arg": 1})"),
           "");
  CHECK_EQ(object(R"("name": "MACRO", "does": "use", "object": {"arg": 2})"),
           "objects: MACRO: the object is argument 2, but there are only 2 "
           "(row from x.c:1)\n");
  CHECK_EQ(object(R"("name": "MANY", "does": "use", "object": {"arg": 5})"),
           "");
  CHECK_EQ(object(R"("name": "ALIAS", "does": "use", "object": {"arg": 0})"),
           "");
}

void testObjects() {
  CHECK_EQ(object(R"("name": "setup_timer", "does": "bind",
                     "object": {"arg": 0}, "handler_arg": 1)"),
           "");
  CHECK_EQ(object(R"("name": "setup_timer", "does": "bind",
                     "object": {"arg": 0}, "handler_arg": 2)"),
           "objects: setup_timer: the handler should be a function pointer, "
           "but it is 'int' (row from x.c:1)\n");
}

void testCallbacks() {
  CHECK_EQ(callback(R"("struct": "net_device_ops", "field": "ndo_xmit",
                       "dev_arg": 1)"),
           "");
  CHECK_EQ(callback(R"("struct": "net_device_ops", "field": "ndo_xmit",
                       "dev_arg": 0)"),
           "callbacks: net_device_ops.ndo_xmit: parameter 0 should be a "
           "'struct net_device *', but the member is 'int (*)(struct sk_buff "
           "*, struct net_device *)' (row from x.c:1)\n");
  CHECK_EQ(callback(R"("struct": "net_device_ops", "field": "ndo_stop")"),
           "callbacks: net_device_ops.ndo_stop: 'struct net_device_ops' has no "
           "member 'ndo_stop' (row from x.c:1)\n");
  CHECK_EQ(callback(R"("struct": "no_ops", "field": "*")"),
           "callbacks: no_ops.*: the tree has no 'struct no_ops' (row from "
           "x.c:1)\n");
  CHECK_EQ(callback(R"("struct": "net_device_ops", "field": "*",
                       "dev_arg": 3)"),
           "callbacks: net_device_ops.*: no member has the device as parameter "
           "3 (row from x.c:1)\n");
  CHECK_EQ(check(R"({"field_bindings": [{"record": "timer", "field": "func",
                     "class": "timer", "source": "x.c:1"}]})"),
           "field_bindings: timer.func: 'struct timer' has no member 'func' "
           "(row from x.c:1)\n");
}

void testProbe() {
  Model M;
  CHECK(!M.add(R"({"headers": ["net/rtnetlink.h", "drivers/net/a/a.h"]})",
               "rows.json"));
  CHECK_EQ(modelProbeSource(M), "#if __has_include(<net/rtnetlink.h>)\n"
                                "#include <net/rtnetlink.h>\n"
                                "#endif\n"
                                "#if __has_include(\"drivers/net/a/a.h\")\n"
                                "#include \"drivers/net/a/a.h\"\n"
                                "#endif\n");
}

} // namespace

int main() {
  testFunctions();
  testMacros();
  testObjects();
  testCallbacks();
  testProbe();
  return Failures != 0;
}
