//===- HtmlTest.cpp ---------------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "llvm/ADT/StringRef.h"
#include <nlohmann/json.hpp>

using namespace netdev;
using Json = nlohmann::ordered_json;

/// The data in the page: what stands between its marks.
static Json dataOf(llvm::StringRef Page) {
  llvm::StringRef Data =
      Page.split("id=\"data\">").second.split("</script>").first;
  Json J = Json::parse(Data.begin(), Data.end(), nullptr, false);
  EXPECT(J.is_object());
  return J;
}

int main() {
  std::string Text = rendered(Format::Html, demoRun());
  llvm::StringRef Page = Text;
  Json J = dataOf(Page);
  Json Golden = J;
  for (const char *Registry : {"checks", "rules"}) { // reworded elsewhere
    EXPECT(Golden[Registry].size() == 2);
    Golden.erase(Registry);
  }
  EXPECT_GOLDEN("demo.html.json", Golden.dump(1) + "\n");
  // Every part was put in, and no finding can end a script or name a mark.
  EXPECT(!Page.contains("{{"));
  EXPECT(Page.contains("function timeline("));
  EXPECT(Page.contains("prefers-color-scheme"));
  EXPECT(Page.count("</script>") == 2);
  EXPECT(!Page.contains("/nowhere"));
  // Nothing is loaded; links are only followed when clicked.
  EXPECT(!Page.contains(" src=") && !Page.contains("<link") &&
         !Page.contains("@import") && !Page.contains("url("));
  EXPECT(J["findings"].size() == 4);
  EXPECT(J["findings"][2]["msg"] == demoRun().Findings[1].Message);
  EXPECT(J["findings"][3].contains("silence"));

  Run Marks = demoRun();
  Marks.Findings[0].Message = "{{data}} {{report.css}} <!-- </script>";
  Json Again = dataOf(rendered(Format::Html, Marks));
  EXPECT(Again["findings"][1]["msg"] == Marks.Findings[0].Message);
  return failures();
}
