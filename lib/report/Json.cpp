//===- Json.cpp - Our own form, written -------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Version 1. JsonRead.cpp reads it back without loss. A key that is not in
/// every run or finding ("suppressed", "notices", "state", "occurrence", the
/// ends of positions) is left out where it says nothing.
///
//===----------------------------------------------------------------------===//
#include "report/Renderers.h"
#include "report/Source.h"

using namespace netdev;
using llvm::StringRef;
using Json = nlohmann::ordered_json;

static StringRef statusName(UnitStatus::Kind K) {
  switch (K) {
  case UnitStatus::Skipped:
    return "skipped";
  case UnitStatus::Analysed:
    return "analysed";
  case UnitStatus::Failed:
    return "failed";
  }
  return "failed";
}

static void addRest(Json &J, const Position &P) {
  std::pair<const char *, uint32_t> Rest[] = {{"endLine", P.EndLine},
                                              {"endColumn", P.EndColumn},
                                              {"offset", P.Offset},
                                              {"endOffset", P.EndOffset}};
  for (auto [Key, Value] : Rest)
    if (Value)
      J[Key] = Value;
}

static Json toJson(const Step &S) {
  Json J = {{"file", S.Where.File},
            {"line", S.Where.Line},
            {"column", S.Where.Column},
            {"function", S.Function},
            {"message", S.Message}};
  if (!S.State.empty())
    J["state"] = S.State;
  addRest(J, S.Where);
  return J;
}

static Json toJson(const Fix &F) {
  Json Edits = Json::array();
  for (const Edit &E : F.Edits)
    Edits.push_back({{"file", E.File},
                     {"offset", E.Offset},
                     {"length", E.Length},
                     {"text", E.Text}});
  return {{"message", F.Message}, {"edits", std::move(Edits)}};
}

static Json toJson(const Result &F) {
  Json J = {{"check", F.Check},
            {"rule", F.Rule},
            {"precision", name(F.Trust).str()},
            {"message", F.Message},
            {"file", F.Where.File},
            {"line", F.Where.Line},
            {"column", F.Where.Column},
            {"function", F.Function},
            {"fingerprint", F.Fingerprint},
            {"steps", Json::array()},
            {"fixes", Json::array()}};
  for (const Step &S : F.Steps)
    J["steps"].push_back(toJson(S));
  for (const Fix &X : F.Fixes)
    J["fixes"].push_back(toJson(X));
  addRest(J, F.Where);
  if (F.Occurrence)
    J["occurrence"] = F.Occurrence;
  if (!F.LineHash.empty())
    J["lineHash"] = F.LineHash;
  return J;
}

std::string netdev::renderJson(const Run &R) {
  Json J = {{"version", 1},
            {"tool",
             {{"name", "netdev-lint"},
              {"version", R.ToolVersion},
              {"llvm", R.LLVMVersion},
              {"tree", R.Tree}}},
            {"units", Json::array()},
            {"findings", Json::array()}};
  for (const UnitStatus &U : R.Units)
    J["units"].push_back({{"file", U.File},
                          {"status", statusName(U.Status).str()},
                          {"reason", U.Reason}});
  for (const Result &F : R.Findings)
    J["findings"].push_back(toJson(F));
  for (const Result &F : R.Suppressed) {
    Json One = toJson(F);
    One["suppression"] = {{"kind", F.Silence.Where == Suppression::InSource
                                       ? "inSource"
                                       : "external"},
                          {"justification", F.Silence.Justification}};
    J["suppressed"].push_back(std::move(One));
  }
  for (const Notice &N : R.Notices)
    J["notices"].push_back({{"file", N.File}, {"message", N.Message}});
  return print(J);
}
