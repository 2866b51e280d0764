//===- Support.cpp - What the report tests share ----------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace netdev;

static int Failed = 0;

int failures() { return Failed; }

void expectFailed(const char *File, int Line, const std::string &What) {
  llvm::errs() << File << ":" << Line << ": failed: " << What << "\n";
  ++Failed;
}

void expectEqual(const char *File, int Line, const char *What,
                 const std::string &Got, const std::string &Wanted) {
  if (Got != Wanted)
    expectFailed(File, Line,
                 std::string(What) + "\n--- got\n" + Got + "\n--- wanted\n" +
                     Wanted + "\n---");
}

void expectGolden(const char *File, int Line, const std::string &Name,
                  const std::string &Got) {
  std::string Path = std::string(GOLDEN_DIR) + "/" + Name;
  if (std::getenv("NETDEV_UPDATE_GOLDEN")) {
    std::ofstream(Path, std::ios::binary) << Got;
    return;
  }
  std::ifstream In(Path, std::ios::binary);
  if (!In)
    return expectFailed(File, Line, "no golden file " + Path);
  std::string Wanted((std::istreambuf_iterator<char>(In)), {});
  expectEqual(File, Line, Path.c_str(), Got, Wanted);
}

SourceAccess sourcesOf(const Files &F) {
  auto Kept = std::make_shared<Files>(F);
  return [Kept](llvm::StringRef Name) -> std::optional<llvm::StringRef> {
    auto It = Kept->find(Name.str());
    if (It == Kept->end())
      return std::nullopt;
    return llvm::StringRef(It->second);
  };
}

Position locate(const std::string &File, const std::string &Text,
                const std::string &Needle, unsigned Nth) {
  size_t At = Text.find(Needle);
  while (Nth--)
    At = Text.find(Needle, At + 1);
  Position P;
  P.File = File;
  if (At == std::string::npos)
    return P;
  auto Place = [&](size_t Offset, uint32_t &Line, uint32_t &Column) {
    llvm::StringRef Before = llvm::StringRef(Text).take_front(Offset);
    Line = Before.count('\n') + 1;
    Column = Offset - (Before.rfind('\n') + 1) + 1;
  };
  P.Offset = At;
  P.EndOffset = At + Needle.size();
  Place(P.Offset, P.Line, P.Column);
  Place(P.EndOffset, P.EndLine, P.EndColumn);
  return P;
}

const std::string &demoText() {
  static const std::string Text = R"(// SPDX-License-Identifier: GPL-2.0
static int demo_probe(struct pci_dev *pdev)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct demo));
	int err;

	if (!dev)
		return -ENOMEM;
	dev->needs_free_netdev = true;
	err = register_netdev(dev);
	if (err)
		goto err_free;
	pci_set_drvdata(pdev, dev);
	return 0;
err_free:
	free_netdev(dev);
	return err;
}

static void demo_remove(struct pci_dev *pdev)
{
	struct net_device *dev = pci_get_drvdata(pdev);

	unregister_netdev(dev); free_netdev(dev); /* größe 𝄞 */ free_netdev(dev);
}
)";
  return Text;
}

Run demoRun() {
  const std::string File = "drivers/net/demo.c";
  const std::string Odd = "drivers/net/größe a.c";
  const std::string &Text = demoText();
  Run R;
  R.ToolVersion = "0.1.0";
  R.LLVMVersion = "22.1.8";
  R.Tree = "linux 6.12.117";
  R.SourceRoot = "/nowhere/linux";
  R.Source = sourcesOf({{File, Text}, {Odd, Text}});
  R.Units = {{Odd, UnitStatus::Analysed, ""},
             {File, UnitStatus::Analysed, ""},
             {"drivers/net/broken.c", UnitStatus::Failed,
              "'linux/missing.h' file not found"},
             {"drivers/net/other.c", UnitStatus::Skipped,
              "not in the compile database"}};

  Finding First;
  First.Check = "netdev-free-with-needs-free";
  First.Rule = "ND-L01";
  First.Message = "'dev' is freed by 'free_netdev' although the core frees it";
  First.Where = locate(File, Text, "free_netdev(dev)", 1);
  First.Function = "demo_remove";
  First.Steps = {{locate(File, Text, "alloc_etherdev(sizeof(struct demo))"),
                  "demo_probe", "the device is allocated here", "allocated"},
                 {locate(File, Text, "register_netdev(dev)"), "demo_probe",
                  "it is registered", "registered"},
                 {locate(File, Text, "unregister_netdev(dev)"), "demo_remove",
                  "'unregister_netdev' lets the core free it", "freed"},
                 {First.Where, "demo_remove", "freed again", "freed"}};
  First.Fixes = {{"drop the call",
                  {{File, First.Where.Offset,
                    First.Where.EndOffset - First.Where.Offset + 1, ""}}}};
  // locate() finds "free_netdev(dev)" inside nothing else, so 2 is the next.
  Finding Second = First;
  Second.Where = locate(File, Text, "free_netdev(dev)", 2);
  Second.Steps.clear();
  Second.Fixes.clear();

  Finding Escapes;
  Escapes.Check = "netdev-pending-work";
  Escapes.Rule = "ND-W01";
  Escapes.Trust = Precision::Medium;
  Escapes.Message =
      "100% \"quoted\" <b>&amp;</b> ::error::x\nline 12, </script>\x1b[31m";
  Escapes.Where = locate(Odd, Text, "register_netdev(dev)");
  Escapes.Function = "demo_probe";

  Finding Quiet = Escapes;
  Quiet.Where.File = File;
  Quiet.Message = "'work' may still run";
  R.add({Second, Escapes, First});
  R.Suppressed.emplace_back(Quiet);
  R.Suppressed.back().Silence = {Suppression::InSource, "NOLINT: by design"};
  R.Notices = {{"", "2 functions were given up by budget"}};
  return R;
}

std::string rendered(Format F, const Run &R, const RenderOptions &Opts) {
  auto Text = render(F, R, Opts);
  if (Text)
    return *Text;
  expectFailed(__FILE__, __LINE__, llvm::toString(Text.takeError()));
  return "";
}

Run parsed(const std::string &Text) {
  auto R = parseRun(Text, "run.json");
  if (R)
    return *R;
  expectFailed(__FILE__, __LINE__, llvm::toString(R.takeError()));
  return {};
}

std::string parseError(const std::string &Text) {
  auto R = parseRun(Text, "run.json");
  return R ? "" : llvm::toString(R.takeError());
}
