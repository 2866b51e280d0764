//===- Sarif.cpp - SARIF 2.1.0 ----------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Sarif.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace netdev;
using Json = nlohmann::ordered_json;
using llvm::StringRef;

// GitHub shows at most 1,000 steps of a thread flow and 100 related locations
// of a result, and refuses files with more than 10,000 and 1,000.
static const size_t MaxSteps = 1000;
static const size_t MaxRelated = 100;

namespace {
class SarifWriter {
public:
  SarifWriter(const Run &R, const RenderOptions &Opts)
      : R(R), Opts(Opts), Places(R) {}
  Json write();

private:
  Json location(const Position &Where, StringRef Function, bool IsPrimary);
  Json stepLocation(const Step &S);
  Json codeFlow(const Result &F);
  Json related(const Result &F);
  Json fix(const Fix &X);
  Json result(const Result &F, bool IsSuppressed);
  Json results();
  Json notification(const char *Id, const char *Level, const std::string &Text,
                    StringRef File);
  Json invocation();

  const Run &R;
  const RenderOptions &Opts;
  SarifPlaces Places;
  size_t Cut = 0;
  std::map<std::string, size_t> RuleIndex;
};
} // namespace

/// An array of one element; what {X} means, compilers do not agree on.
static Json list(Json Only) {
  Json Out = Json::array();
  Out.push_back(std::move(Only));
  return Out;
}

static Json text(StringRef S) { return {{"text", sarifSentence(S)}}; }

Json SarifWriter::location(const Position &Where, StringRef Function,
                           bool IsPrimary) {
  Json L = {{"physicalLocation", Places.physical(Where, IsPrimary)}};
  if (!Function.empty())
    L["logicalLocations"] =
        list({{"name", validUtf8(Function)}, {"kind", "function"}});
  return L;
}

Json SarifWriter::stepLocation(const Step &S) {
  Json L = location(S.Where, S.Function, /*IsPrimary=*/false);
  L["message"] = text(S.Message);
  return L;
}

Json SarifWriter::codeFlow(const Result &F) {
  Json Steps = Json::array();
  size_t N = F.Steps.size();
  for (size_t I = 0; I != N; ++I) {
    if (N > MaxSteps && I == MaxSteps / 2)
      I = N - MaxSteps / 2; // the beginning and the end tell the most
    const Step &S = F.Steps[I];
    Json One = {{"location", stepLocation(S)}, {"executionOrder", I + 1}};
    if (!S.State.empty())
      One["state"] = {
          {StringRef(S.State).starts_with("RTNL") ? "lock" : "device",
           {{"text", validUtf8(S.State)}}}};
    Steps.push_back(std::move(One));
  }
  return {{"threadFlows", list({{"locations", std::move(Steps)}})}};
}

Json SarifWriter::related(const Result &F) {
  Json Out = Json::array();
  for (const Step &S : F.Steps) {
    if (Out.size() == MaxRelated)
      break;
    Json One = stepLocation(S);
    if (llvm::is_contained(Out, One))
      continue;
    Out.push_back(std::move(One));
  }
  unsigned Id = 0;
  for (Json &One : Out)
    One["id"] = ++Id;
  return Out;
}

Json SarifWriter::fix(const Fix &X) {
  std::map<StringRef, Json> Changes;
  for (const Edit &E : X.Edits) {
    Json One = {{"deletedRegion", Places.bytes(E.File, E.Offset, E.Length)}};
    if (!E.Text.empty())
      One["insertedContent"] = {{"text", validUtf8(E.Text)}};
    Changes[E.File].push_back(std::move(One));
  }
  Json Files = Json::array();
  for (auto &[File, List] : Changes)
    Files.push_back({{"artifactLocation", Places.artifact(File)},
                     {"replacements", std::move(List)}});
  return {{"description", text(X.Message)},
          {"artifactChanges", std::move(Files)}};
}

Json SarifWriter::result(const Result &F, bool IsSuppressed) {
  Json J = {
      {"ruleId", F.Check},
      {"ruleIndex", RuleIndex[F.Check]},
      {"level", sarifLevel(gradeOf(F))},
      {"message", text(F.Message)},
      {"locations", list(location(F.Where, F.Function, /*IsPrimary=*/true))},
      {"partialFingerprints", {{"netdevLint/v1", F.Fingerprint}}}};
  if (!F.LineHash.empty())
    J["partialFingerprints"]["primaryLocationLineHash"] = F.LineHash;
  if (!F.Steps.empty()) {
    J["codeFlows"] = list(codeFlow(F));
    J["relatedLocations"] = related(F);
  }
  for (const Fix &X : F.Fixes)
    if (!X.Edits.empty())
      J["fixes"].push_back(fix(X));
  // An empty list says that it is known not to be suppressed.
  if (!R.Suppressed.empty())
    J["suppressions"] = Json::array();
  if (IsSuppressed) {
    Json S = {{"kind", F.Silence.Where == Suppression::InSource ? "inSource"
                                                                : "external"},
              {"status", "accepted"}};
    if (!F.Silence.Justification.empty())
      S["justification"] = F.Silence.Justification;
    J["suppressions"].push_back(std::move(S));
  }
  J["properties"] = {{"rule", F.Rule}, {"precision", name(F.Trust).str()}};
  return J;
}

Json SarifWriter::results() {
  std::vector<std::pair<const Result *, bool>> All;
  for (const Result &F : R.Findings)
    All.emplace_back(&F, false);
  for (const Result &F : R.Suppressed)
    All.emplace_back(&F, true);
  if (All.size() > Opts.MaxResults) {
    std::vector<size_t> Order(All.size());
    for (size_t I = 0; I != Order.size(); ++I)
      Order[I] = I;
    llvm::sort(Order, [&](size_t A, size_t B) {
      auto Worth = [&](size_t I) {
        auto [F, IsSuppressed] = All[I];
        return std::make_tuple(IsSuppressed, gradeOf(*F), -int(F->Trust), I);
      };
      return Worth(A) < Worth(B);
    });
    Cut = All.size() - Opts.MaxResults;
    Order.resize(Opts.MaxResults);
    llvm::sort(Order);
    for (size_t I = 0; I != Order.size(); ++I)
      All[I] = All[Order[I]];
    All.resize(Order.size());
  }
  Json Out = Json::array();
  for (auto [F, IsSuppressed] : All)
    Out.push_back(result(*F, IsSuppressed));
  return Out;
}

Json SarifWriter::notification(const char *Id, const char *Level,
                               const std::string &Text, StringRef File) {
  Json J = {
      {"descriptor", {{"id", Id}}}, {"level", Level}, {"message", text(Text)}};
  if (!File.empty())
    J["locations"] = list(
        {{"physicalLocation", {{"artifactLocation", Places.artifact(File)}}}});
  return J;
}

Json SarifWriter::invocation() {
  Json Told = Json::array();
  for (const UnitStatus &U : R.Units)
    if (U.Status == UnitStatus::Failed)
      Told.push_back(notification(
          "unit-failed", "error",
          "The file could not be analysed: " + oneLine(U.Reason), U.File));
  for (const Notice &N : R.Notices)
    Told.push_back(notification("notice", "warning", N.Message, N.File));
  if (Cut)
    Told.push_back(notification(
        "results-cut", "warning",
        std::to_string(Cut) + " results are left out, because no more than " +
            std::to_string(Opts.MaxResults) +
            " are shown; errors and those of high precision were kept first",
        ""));
  return {{"executionSuccessful", !R.anyFailed()},
          {"toolExecutionNotifications", std::move(Told)}};
}

Json SarifWriter::write() {
  Json Rules = sarifRules(R);
  for (size_t I = 0; I != Rules.size(); ++I)
    RuleIndex[*Rules[I]["id"].get_ptr<const std::string *>()] = I;
  Json Results = results();
  StringRef Major =
      StringRef(R.LLVMVersion).take_until([](char C) { return C == '.'; });
  Json Root = {{"description", {{"text", "The root of the source tree."}}}};
  if (Opts.AbsoluteRoot && !R.SourceRoot.empty())
    Root["uri"] = "file://" + uriOf(StringRef(R.SourceRoot).rtrim('/')) + "/";
  // GitHub's category is what stands before the last slash.
  std::string Category = "netdev-lint/";
  if (!R.Tree.empty())
    Category += R.Tree + "/";
  Category += "llvm-" + Major.str() + "/";
  std::replace(Category.begin(), Category.end(), ' ', '-');
  Json Driver = {
      {"name", "netdev-lint"},
      {"fullName",
       "netdev-lint " + R.ToolVersion + " (LLVM " + R.LLVMVersion + ")"},
      {"version", R.ToolVersion},
      {"semanticVersion", R.ToolVersion},
      {"informationUri", "https://docs.kernel.org/networking/netdevices.html"},
      {"language", "en-US"},
      {"rules", std::move(Rules)}};
  Json TheRun = {{"tool", {{"driver", std::move(Driver)}}},
                 {"automationDetails", {{"id", Category}}},
                 {"originalUriBaseIds", {{"SRCROOT", std::move(Root)}}},
                 {"columnKind", "utf16CodeUnits"},
                 {"invocations", list(invocation())},
                 {"results", std::move(Results)}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", list(std::move(TheRun))}};
}

std::string netdev::renderSarif(const Run &R, const RenderOptions &Opts) {
  return print(SarifWriter(R, Opts).write());
}
