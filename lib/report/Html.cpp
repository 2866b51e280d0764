//===- Html.cpp - One page for people ---------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The page is html/page.html with its parts put in and the run as JSON; the
/// script draws one finding at a time from it. Nothing is loaded.
///
//===----------------------------------------------------------------------===//
#include "report/Pages.h"
#include "report/Sarif.h"
#include <map>
#include <set>

using namespace netdev;
using Json = nlohmann::ordered_json;
using llvm::StringRef;

/// How many lines before and after each place are put into the page.
static const uint32_t Around = 3;

static StringRef part(StringRef Name) {
  static const struct {
    StringRef File, Text;
  } All[] = {
#define EMBED(File, Text) {File, Text},
#include "report/Html.inc"
#undef EMBED
  };
  for (const auto &P : All)
    if (P.File == Name)
      return P.Text;
  return {};
}

namespace {
class HtmlWriter {
public:
  explicit HtmlWriter(const Run &R) : R(R), Places(R) {}
  Json data();

private:
  void addPlace(Json &J, const Position &P);
  Json finding(const Result &F);
  Json files();

  const Run &R;
  SarifPlaces Places;
  std::map<std::string, std::set<uint32_t>> Wanted;
};
} // namespace

void HtmlWriter::addPlace(Json &J, const Position &P) {
  Json Region = Places.region(P);
  J["file"] = P.File;
  J["line"] = Region["startLine"];
  J["col"] = Region["startColumn"];
  J["endLine"] = Region["endLine"];
  J["endCol"] = Region["endColumn"];
  uint32_t First = P.Line > Around ? P.Line - Around : 1;
  for (uint32_t N = First; N <= P.Line + Around && P.Line; ++N)
    Wanted[P.File].insert(N);
}

Json HtmlWriter::finding(const Result &F) {
  Json J = {{"id", F.Fingerprint}, {"check", F.Check},
            {"rule", F.Rule},      {"trust", name(F.Trust).str()},
            {"msg", F.Message},    {"fn", F.Function}};
  addPlace(J, F.Where);
  J["steps"] = Json::array();
  for (const Step &S : F.Steps) {
    Json One = {{"fn", S.Function}, {"msg", S.Message}, {"state", S.State}};
    addPlace(One, S.Where);
    J["steps"].push_back(std::move(One));
  }
  J["fixes"] = Json::array();
  for (const Fix &X : F.Fixes)
    J["fixes"].push_back(X.Message);
  return J;
}

Json HtmlWriter::files() {
  Json Out = Json::object();
  for (const auto &[File, Numbers] : Wanted) {
    auto Text = R.source(File);
    if (!Text)
      continue;
    LineTable Lines(*Text);
    Json &One = Out[File] = Json::object();
    for (uint32_t N : Numbers)
      if (N <= Lines.lines())
        One[std::to_string(N)] = Lines.line(N).str();
  }
  return Out;
}

Json HtmlWriter::data() {
  Json J = {
      {"tool", "netdev-lint " + R.ToolVersion + ", LLVM " + R.LLVMVersion},
      {"tree", R.Tree},
      {"alerts", Json::array()},
      {"checks", Json::object()},
      {"rules", Json::object()},
      {"findings", Json::array()}};
  for (const UnitStatus &U : R.Units)
    if (U.Status == UnitStatus::Failed)
      J["alerts"].push_back(
          {{"kind", "failed"},
           {"text", U.File + " could not be analysed: " + U.Reason}});
  for (const Notice &N : R.Notices)
    J["alerts"].push_back(
        {{"kind", "notice"},
         {"text", (N.File.empty() ? "" : N.File + ": ") + N.Message}});
  std::set<StringRef> Checks, Rules;
  auto Add = [&](const Result &F, Json One) {
    Checks.insert(F.Check);
    Rules.insert(F.Rule);
    J["findings"].push_back(std::move(One));
  };
  for (const Result &F : R.Findings)
    Add(F, finding(F));
  for (const Result &F : R.Suppressed) {
    Json One = finding(F);
    One["silence"] = {{"kind", F.Silence.Where == Suppression::InSource
                                   ? "in the source"
                                   : "by a file"},
                      {"why", F.Silence.Justification}};
    Add(F, std::move(One));
  }
  for (StringRef Check : Checks)
    J["checks"][Check.str()] = {{"page", page(Check).str()}};
  for (StringRef Id : Rules)
    if (const RuleInfo *Rule = findRule(Id))
      J["rules"][Id.str()] = {{"grade", sarifLevel(Rule->Level)},
                              {"cwe", Rule->Cwe},
                              {"sentence", Rule->Sentence.str()}};
  J["files"] = files();
  return J;
}

/// JSON that may stand in a script element: no "<", so neither "</script>" nor
/// "<!--" can end or change it.
static std::string forScript(const Json &J) {
  std::string Out;
  for (char C : J.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (C == '<')
      Out += "\\u003c";
    else
      Out += C;
  }
  return Out;
}

std::string netdev::renderHtml(const Run &R) {
  std::string Data = forScript(HtmlWriter(R).data());
  std::string Out;
  // One pass, so that what is put in is not searched for marks again.
  for (StringRef Rest = part("page.html"); !Rest.empty();) {
    auto [Before, After] = Rest.split("{{");
    Out += Before;
    if (After.empty())
      break;
    auto [Name, Tail] = After.split("}}");
    Out += Name == "data" ? StringRef(Data) : part(Name);
    Rest = Tail;
  }
  return Out;
}
