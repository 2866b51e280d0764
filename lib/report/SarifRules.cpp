//===- SarifRules.cpp - The checks as SARIF's rules -------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Pages.h"
#include "report/Sarif.h"
#include "report/Source.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include <set>

using namespace netdev;
using Json = nlohmann::ordered_json;
using llvm::StringRef;

const char *netdev::sarifLevel(Grade G) {
  static const char *const Levels[] = {"error", "warning", "note"};
  return Levels[unsigned(G)];
}

std::string netdev::sarifSentence(StringRef S) {
  std::string Out = validUtf8(S);
  if (Out.empty() || !llvm::is_contained({'.', '?', '!'}, Out.back()))
    Out += '.';
  if (llvm::isLower(Out.front()) && Out.find('_') > Out.find(' '))
    Out.front() = llvm::toUpper(Out.front());
  return Out;
}

/// "netdev-double-free" -> "NetdevDoubleFree"
static std::string pascalCase(StringRef Name) {
  std::string Out;
  for (StringRef Part : llvm::split(Name, '-'))
    if (!Part.empty())
      Out += char(llvm::toUpper(Part.front())) + Part.drop_front().str();
  return Out;
}

static Json ruleOf(const CheckInfo &C) {
  Grade Worst = Grade::Pedantic;
  std::set<unsigned> Cwes;
  std::string Full = sarifSentence(C.Sentence), List;
  for (const RuleInfo &Rule : rules()) {
    if (Rule.Check != C.Name)
      continue;
    Worst = std::min(Worst, Rule.Level);
    Cwes.insert(Rule.Cwe);
    Full += " " + Rule.Id.str() + ": " + sarifSentence(Rule.Sentence);
    List += "\n* **" + Rule.Id.str() + "**: " + Rule.Sentence.str();
  }
  Json Tags = {"security", "correctness", "linux-kernel"};
  for (unsigned Cwe : Cwes) {
    std::string Number = std::to_string(Cwe);
    Tags.push_back("external/cwe/cwe-" +
                   std::string(Number.size() < 3 ? 3 - Number.size() : 0, '0') +
                   Number);
  }
  std::string Page = page(C.Name).str();
  if (Page == C.Sentence)
    Page = "# " + C.Name.str() + "\n\n" + sarifSentence(C.Sentence) + "\n" +
           List + "\n";
  static const char *const Problem[] = {"error", "warning", "recommendation"};
  return {{"id", C.Name.str()},
          {"name", pascalCase(C.Name)},
          {"shortDescription", {{"text", sarifSentence(C.Sentence)}}},
          {"fullDescription", {{"text", Full}}},
          {"help", {{"text", Full}, {"markdown", Page}}},
          {"defaultConfiguration", {{"level", sarifLevel(Worst)}}},
          {"properties",
           {{"tags", Tags},
            {"precision", name(C.Declared).str()},
            {"problem.severity", Problem[unsigned(Worst)]},
            {"security-severity", C.Severity.str()}}}};
}

Json netdev::sarifRules(const Run &R) {
  Json Out = Json::array();
  for (const CheckInfo &C : checks())
    Out.push_back(ruleOf(C));
  // Merged runs may be of a netdev-lint that has more checks than this one.
  std::set<StringRef> Foreign;
  for (const std::vector<Result> *List : {&R.Findings, &R.Suppressed})
    for (const Result &F : *List)
      if (!findCheck(F.Check))
        Foreign.insert(F.Check);
  for (StringRef Check : Foreign) {
    std::string Text = "The check " + Check.str() + ".";
    Out.push_back({{"id", Check.str()},
                   {"shortDescription", {{"text", Text}}},
                   {"fullDescription", {{"text", Text}}},
                   {"help", {{"text", Text}}}});
  }
  return Out;
}
