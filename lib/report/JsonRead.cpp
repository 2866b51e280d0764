//===- JsonRead.cpp - Our own form, read back -------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Fingerprint.h"
#include "report/JsonReader.h"
#include "report/Render.h"
#include "llvm/ADT/StringSwitch.h"

using namespace netdev;
using llvm::StringRef;

static void read(JsonReader &In, const Json &J, Position &P) {
  In.get(J, "file", P.File);
  In.get(J, "line", P.Line);
  In.get(J, "column", P.Column);
  In.getIf(J, "endLine", P.EndLine);
  In.getIf(J, "endColumn", P.EndColumn);
  In.getIf(J, "offset", P.Offset);
  In.getIf(J, "endOffset", P.EndOffset);
}

static void read(JsonReader &In, const Json &J, Step &S) {
  read(In, J, S.Where);
  In.get(J, "function", S.Function);
  In.get(J, "message", S.Message);
  In.getIf(J, "state", S.State);
}

static void read(JsonReader &In, const Json &J, Edit &E) {
  In.get(J, "file", E.File);
  In.get(J, "offset", E.Offset);
  In.get(J, "length", E.Length);
  In.get(J, "text", E.Text);
}

static void read(JsonReader &In, const Json &J, Fix &F) {
  In.get(J, "message", F.Message);
  In.each(J, "edits",
          [&](const Json &One) { read(In, One, F.Edits.emplace_back()); });
}

static void read(JsonReader &In, const Json &J, Result &F) {
  std::string Trust;
  In.get(J, "check", F.Check);
  In.get(J, "rule", F.Rule);
  In.get(J, "precision", Trust);
  In.get(J, "message", F.Message);
  read(In, J, F.Where);
  In.get(J, "function", F.Function);
  In.get(J, "fingerprint", F.Fingerprint);
  In.each(J, "steps",
          [&](const Json &One) { read(In, One, F.Steps.emplace_back()); });
  In.each(J, "fixes",
          [&](const Json &One) { read(In, One, F.Fixes.emplace_back()); });
  In.getIf(J, "occurrence", F.Occurrence);
  In.getIf(J, "lineHash", F.LineHash);
  auto P = llvm::StringSwitch<std::optional<Precision>>(Trust)
               .Case("high", Precision::High)
               .Case("medium", Precision::Medium)
               .Case("low", Precision::Low)
               .Default(std::nullopt);
  if (P)
    F.Trust = *P;
  else
    In.fail("unknown precision '" + Trust + "'");
  if (!keyOf(F.Fingerprint, 0))
    In.fail("'" + F.Fingerprint + "' is no fingerprint");
}

static void read(JsonReader &In, const Json &J, UnitStatus &U) {
  std::string Status;
  In.get(J, "file", U.File);
  In.get(J, "status", Status);
  In.get(J, "reason", U.Reason);
  auto K = llvm::StringSwitch<std::optional<UnitStatus::Kind>>(Status)
               .Case("analysed", UnitStatus::Analysed)
               .Case("skipped", UnitStatus::Skipped)
               .Case("failed", UnitStatus::Failed)
               .Default(std::nullopt);
  if (K)
    U.Status = *K;
  else
    In.fail("unknown status '" + Status + "'");
}

static void read(JsonReader &In, const Json &J, Suppression &S) {
  std::string Kind;
  const Json &Given = In.object(J, "suppression");
  In.get(Given, "kind", Kind);
  In.get(Given, "justification", S.Justification);
  if (Kind != "inSource" && Kind != "external")
    In.fail("unknown kind of suppression '" + Kind + "'");
  S.Where = Kind == "external" ? Suppression::External : Suppression::InSource;
}

llvm::Expected<Run> netdev::parseRun(StringRef Text, StringRef Name) {
  JsonReader In(Name);
  Json J = In.parse(Text, "a result of netdev-lint", {"findings"}, 1);
  Run R;
  const Json &Tool = In.object(J, "tool");
  std::string ToolName;
  In.get(Tool, "name", ToolName);
  if (ToolName != "netdev-lint")
    In.fail("not a result of netdev-lint");
  In.get(Tool, "version", R.ToolVersion);
  In.get(Tool, "llvm", R.LLVMVersion);
  In.get(Tool, "tree", R.Tree);
  In.each(J, "units",
          [&](const Json &One) { read(In, One, R.Units.emplace_back()); });
  In.each(J, "findings",
          [&](const Json &One) { read(In, One, R.Findings.emplace_back()); });
  if (J.contains("suppressed"))
    In.each(J, "suppressed", [&](const Json &One) {
      Result &F = R.Suppressed.emplace_back();
      read(In, One, F);
      read(In, One, F.Silence);
    });
  if (J.contains("notices"))
    In.each(J, "notices", [&](const Json &One) {
      Notice &N = R.Notices.emplace_back();
      In.get(One, "file", N.File);
      In.get(One, "message", N.Message);
    });
  if (llvm::Error E = In.takeError())
    return E;
  return R;
}
