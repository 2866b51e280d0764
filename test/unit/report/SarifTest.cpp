//===- SarifTest.cpp --------------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "report/Pages.h"
#include "rules/Registry.h"
#include <nlohmann/json.hpp>

using namespace netdev;
using Json = nlohmann::ordered_json;
using llvm::StringRef;

/// The only run of the log, without failing on the way.
static Json sarif(const Run &R, const RenderOptions &Opts = {}) {
  Json J = Json::parse(rendered(Format::Sarif, R, Opts), nullptr, false);
  EXPECT(J.is_object());
  return J["runs"][0];
}

static std::string dump(const Json &J) { return J.dump(); }

static void testResult() {
  std::string Text = rendered(Format::Sarif, demoRun());
  EXPECT_GOLDEN("demo.results.sarif",
                sarif(demoRun())["results"].dump(2) + "\n");
  EXPECT(Text.find("/nowhere") == std::string::npos);
  Json R = sarif(demoRun());
  EXPECT(R["results"].size() == 4);
  // Two findings on one line. The second is at byte 63; two characters of two
  // bytes and one of four (a surrogate pair) stand before it.
  EXPECT_EQ(dump(R["results"][1]["locations"][0]["physicalLocation"]["region"]),
            R"({"startLine":24,"startColumn":59,"endLine":24,"endColumn":75,)"
            R"x("snippet":{"text":"free_netdev(dev)"}})x");
  EXPECT(R["results"][0]["partialFingerprints"]["netdevLint/v1"] !=
         R["results"][1]["partialFingerprints"]["netdevLint/v1"]);
  EXPECT_EQ(dump(R["results"][2]["locations"][0]["physicalLocation"]
                  ["artifactLocation"]["uri"]),
            "\"drivers/net/gr%C3%B6%C3%9Fe%20a.c\"");
  EXPECT_EQ(dump(R["results"][0]["suppressions"]), "[]");
  EXPECT_EQ(dump(R["results"][3]["suppressions"][0]["kind"]), "\"inSource\"");
  EXPECT_EQ(dump(R["invocations"][0]["executionSuccessful"]), "false");
  EXPECT(R["invocations"][0]["toolExecutionNotifications"].size() == 2);
  EXPECT_EQ(dump(R["automationDetails"]["id"]),
            "\"netdev-lint/linux-6.12.117/llvm-22/\"");
}

static void testRoot() {
  Run R = demoRun();
  R.SourceRoot = "/a b/linux";
  RenderOptions Opts;
  Opts.AbsoluteRoot = true;
  EXPECT_EQ(dump(sarif(R, Opts)["originalUriBaseIds"]["SRCROOT"]["uri"]),
            "\"file:///a%20b/linux/\"");
  EXPECT(!sarif(R)["originalUriBaseIds"]["SRCROOT"].contains("uri"));
}

static void testRules() {
  Json R = sarif(demoRun());
  Json &Rules = R["tool"]["driver"]["rules"];
  EXPECT(Rules.size() == checks().size());
  for (Json &Rule : Rules) {
    auto *Name = Rule["id"].get_ptr<std::string *>();
    auto *Help = Rule["help"]["markdown"].get_ptr<std::string *>();
    EXPECT(Name && Help && StringRef(*Help).contains(page(*Name)));
    EXPECT(!Rule["help"]["text"].empty());
    EXPECT(!Rule["shortDescription"]["text"].empty());
    EXPECT(!Rule["fullDescription"]["text"].empty());
    Json &Told = Rule["properties"];
    EXPECT(Told["precision"] == "high" || Told["precision"] == "medium");
    double Severity = 0; // GitHub wants text that is a number to 10
    auto *Severe = Told["security-severity"].get_ptr<std::string *>();
    EXPECT(Severe && !StringRef(*Severe).getAsDouble(Severity) &&
           Severity > 0 && Severity <= 10);
    bool HasCwe = false;
    for (Json &Tag : Rule["properties"]["tags"])
      HasCwe |=
          Tag.get_ptr<std::string *>()->rfind("external/cwe/cwe-", 0) == 0;
    EXPECT(HasCwe);
  }
  for (Json &Result : R["results"])
    EXPECT(Rules[size_t(*Result["ruleIndex"].get_ptr<uint64_t *>())]["id"] ==
           Result["ruleId"]);
  for (const CheckInfo &C : checks())
    EXPECT(!page(C.Name).empty());
  EXPECT(page("netdev-nothing").empty());

  Run Other = demoRun(); // found by a newer netdev-lint
  Other.Findings[0].Check = "netdev-tomorrow";
  Json More = sarif(Other);
  EXPECT(More["tool"]["driver"]["rules"].size() == checks().size() + 1);
  EXPECT_EQ(dump(More["tool"]["driver"]["rules"].back()["id"]),
            "\"netdev-tomorrow\"");
}

static void testLongFlow() {
  Run R = demoRun();
  Step One = R.Findings.back().Steps.front();
  R.Findings.back().Steps.clear();
  for (unsigned I = 0; I != 10000; ++I) {
    One.Message = "step " + std::to_string(I);
    R.Findings.back().Steps.push_back(One);
  }
  Json Result = sarif(R)["results"][0];
  Json &Steps = Result["codeFlows"][0]["threadFlows"][0]["locations"];
  EXPECT(Steps.size() == 1000);
  EXPECT_EQ(dump(Steps.back()["location"]["message"]["text"]),
            "\"Step 9999.\"");
  EXPECT_EQ(dump(Steps.back()["executionOrder"]), "10000");
  EXPECT(Result["relatedLocations"].size() == 100);
}

static void testCut() {
  Run R = demoRun();
  RenderOptions Opts;
  Opts.MaxResults = 2;
  Json Cut = sarif(R, Opts);
  EXPECT(Cut["results"].size() == 2);
  for (Json &Result : Cut["results"])
    EXPECT_EQ(dump(Result["level"]), "\"error\"");
  std::string Last =
      dump(Cut["invocations"][0]["toolExecutionNotifications"].back());
  EXPECT(Last.find("2 results are left out") != std::string::npos);
  Opts.MaxResults = 3; // the suppressed one goes first
  EXPECT_EQ(dump(sarif(R, Opts)["results"][2]["suppressions"]), "[]");
}

/// GitHub's own limit: of each precision the errors, then what is surer.
static void testCutAtGitHub() {
  Run R = demoRun();
  Finding Error = R.Findings[0], Warning = R.Findings[0];
  Warning.Check = "netdev-leak";
  Warning.Rule = "ND-L07";
  R.Findings.clear();
  for (unsigned I = 0; I != 2000; ++I)
    for (Precision Trust : {Precision::Low, Precision::High}) {
      for (Finding *F : {&Error, &Warning}) {
        F->Trust = Trust;
        F->Where.Line = 10000 + I;
        F->Message = "number " + std::to_string(I) +
                     (Trust == Precision::Low ? " low" : "");
        R.Findings.push_back(*F);
      }
    }
  Json J = sarif(R);
  EXPECT(J["results"].size() == 5000);
  unsigned Errors = 0, Sure = 0;
  for (Json &One : J["results"]) {
    bool Low = dump(One["message"]["text"]).find("low") != std::string::npos;
    if (dump(One["level"]) == "\"error\"")
      ++Errors;
    else
      Sure += !Low;
  }
  EXPECT(Errors == 4000 && Sure == 1000);
  std::string Last =
      dump(J["invocations"][0]["toolExecutionNotifications"].back());
  EXPECT(Last.find("3001 results are left out") != std::string::npos);
}

static void testPlaces() {
  // No source, no line, no end: still all four fields.
  Run R;
  Finding F;
  F.Check = "netdev-leak";
  F.Where.File = "gone.c";
  F.Fixes = {{"add", {{"gone.c", 3, 0, "x"}}}};
  R.add({F});
  Json Result = sarif(R)["results"][0];
  EXPECT_EQ(dump(Result["locations"][0]["physicalLocation"]["region"]),
            R"({"startLine":1,"startColumn":1,"endLine":1,"endColumn":2})");
  EXPECT(!Result["partialFingerprints"].contains("primaryLocationLineHash"));
  EXPECT_EQ(dump(Result["fixes"][0]["artifactChanges"][0]["replacements"]),
            R"([{"deletedRegion":{"byteOffset":3,"byteLength":0},)"
            R"("insertedContent":{"text":"x"}}])");
}

int main() {
  testResult();
  testRoot();
  testRules();
  testLongFlow();
  testCut();
  testCutAtGitHub();
  testPlaces();
  return failures();
}
