//===- CodeClimate.cpp - GitLab's code quality report -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The part of Code Climate's issue format that GitLab reads (its page "Code
/// Quality", section "Code Quality report format").
///
//===----------------------------------------------------------------------===//
#include "report/Renderers.h"
#include "report/Source.h"
#include "rules/Registry.h"
#include "llvm/ADT/StringMap.h"

using namespace netdev;
using Json = nlohmann::ordered_json;

static std::string body(const Result &F) {
  std::string Out;
  if (const RuleInfo *Rule = findRule(F.Rule))
    Out = F.Rule + ": " + Rule->Sentence.str() + "\n\n";
  unsigned N = 0;
  for (const Step &S : F.Steps)
    Out += std::to_string(++N) + ". `" + S.Where.File + ":" +
           std::to_string(S.Where.Line) + "` " + S.Message + "\n";
  return Out;
}

std::string netdev::renderCodeClimate(const Run &R) {
  static const char *const Severities[] = {"major", "minor", "info"};
  llvm::StringMap<unsigned> Seen;
  Json All = Json::array();
  for (const Result &F : R.Findings) {
    // GitLab drops issues whose fingerprint it has seen; ours may stand in
    // two files.
    unsigned N = ++Seen[F.Fingerprint];
    std::string Unique =
        N == 1 ? F.Fingerprint : F.Fingerprint + "-" + std::to_string(N);
    uint32_t Line = std::max(1u, F.Where.Line);
    All.push_back(
        {{"type", "issue"},
         {"check_name", F.Check},
         {"description", oneLine(F.Message)},
         {"content", {{"body", body(F)}}},
         {"categories", {"Bug Risk"}},
         {"severity", Severities[unsigned(gradeOf(F))]},
         {"fingerprint", Unique},
         {"location",
          {{"path", F.Where.File},
           {"lines",
            {{"begin", Line}, {"end", std::max(Line, F.Where.EndLine)}}}}}});
  }
  return print(All);
}
