//===- Render.cpp - A run in the forms people and tools read ----*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Renderers.h"
#include "report/Source.h"
#include "rules/Registry.h"
#include "llvm/ADT/StringSwitch.h"

using namespace netdev;

std::optional<Format> netdev::parseFormat(llvm::StringRef Name) {
  return llvm::StringSwitch<std::optional<Format>>(Name)
      .Case("text", Format::Text)
      .Case("kernel", Format::Kernel)
      .Case("json", Format::Json)
      .Case("sarif", Format::Sarif)
      .Case("html", Format::Html)
      .Case("github", Format::GitHub)
      .Case("codeclimate", Format::CodeClimate)
      .Default(std::nullopt);
}

llvm::Expected<std::string> netdev::render(Format F, const Run &Unfinished,
                                           const RenderOptions &Opts) {
  Run R = Unfinished;
  finish(R);
  switch (F) {
  case Format::Text:
    return renderText(R, Opts);
  case Format::Kernel:
    return renderKernel(R);
  case Format::Json:
    return renderJson(R);
  case Format::Sarif:
    return renderSarif(R, Opts);
  case Format::Html:
    return renderHtml(R);
  case Format::GitHub:
    return renderGitHub(R);
  case Format::CodeClimate:
    return renderCodeClimate(R);
  }
  return failure("unknown output format");
}

std::string netdev::print(const nlohmann::ordered_json &J) {
  return J.dump(1, ' ', /*ensure_ascii=*/false,
                nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

Grade netdev::gradeOf(const Finding &F) {
  const RuleInfo *Rule = findRule(F.Rule);
  return Rule ? Rule->Level : Grade::Warning;
}

std::string netdev::problems(const Run &R) {
  std::string Out;
  auto Line = [&](llvm::StringRef File, llvm::StringRef Kind,
                  llvm::StringRef What) {
    Out += (File.empty() ? "netdev-lint" : oneLine(File)) + ": " + Kind.str() +
           ": " + oneLine(What) + "\n";
  };
  for (const UnitStatus &U : R.Units)
    if (U.Status == UnitStatus::Failed)
      Line(U.File, "error", U.Reason.empty() ? "not analysed" : U.Reason);
  for (const Notice &N : R.Notices)
    Line(N.File, "note", N.Message);
  return Out;
}
