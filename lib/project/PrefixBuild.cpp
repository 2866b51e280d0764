//===- PrefixBuild.cpp - Precompile the kernel's common headers -----------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "lower/Lower.h"
#include "project/Invocation.h"
#include "project/PrefixWatch.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/Tooling.h"

using namespace clang;
using namespace llvm;

namespace netdev {

void setOptions(CompilerInvocation &Invocation) {
  FrontendOptions &Opts = Invocation.getFrontendOpts();
  Opts.SkipFunctionBodies = true;
  Opts.OutputFile.clear();
  Invocation.getDependencyOutputOpts() = DependencyOutputOptions();
  // -ferror-limit and spelling help cost time and change nothing here.
  Invocation.getLangOpts().SpellChecking = false;
  // With carets the compiler also prints "1 error generated."
  Invocation.getDiagnosticOpts().ShowCarets = false;
}

void usePrefix(CompilerInvocation &Invocation, StringRef File) {
  PreprocessorOptions &Opts = Invocation.getPreprocessorOpts();
  Opts.ImplicitPCHInclude = File.str();
  // It would ask for each header's time; Prefixes compared their contents.
  Opts.DisablePCHOrModuleValidation = DisableValidationForModuleKind::PCH;
}

/// What a tenth of the files in drivers/net and net include, or one of two
/// dozen with all that it takes along; counted in 6.1 and 6.12.
static const char *const Common[] = {
    "linux/module.h",      "linux/kernel.h",
    "linux/slab.h",        "linux/types.h",
    "linux/init.h",        "linux/errno.h",
    "linux/netdevice.h",   "linux/skbuff.h",
    "linux/etherdevice.h", "linux/delay.h",
    "linux/pci.h",         "linux/interrupt.h",
    "linux/ethtool.h",     "linux/string.h",
    "linux/in.h",          "linux/ip.h",
    "linux/ipv6.h",        "linux/tcp.h",
    "linux/udp.h",         "linux/if_vlan.h",
    "linux/if_ether.h",    "linux/if_arp.h",
    "linux/phy.h",         "linux/mii.h",
    "linux/spinlock.h",    "linux/platform_device.h",
    "linux/uaccess.h",     "linux/rtnetlink.h",
    "linux/of.h",          "linux/of_net.h",
    "linux/of_mdio.h",     "linux/list.h",
    "linux/io.h",          "linux/bitops.h",
    "linux/bitfield.h",    "linux/vmalloc.h",
    "linux/workqueue.h",   "linux/mm.h",
    "linux/dma-mapping.h", "linux/sched.h",
    "linux/device.h",      "linux/timer.h",
    "linux/firmware.h",    "linux/crc32.h",
    "linux/jiffies.h",     "linux/seq_file.h",
    "linux/random.h",      "linux/mutex.h",
    "linux/debugfs.h",     "linux/clk.h",
    "linux/usb.h",         "linux/inetdevice.h",
    "linux/netlink.h",     "net/net_namespace.h",
    "net/netns/generic.h", "net/rtnetlink.h",
    "net/sock.h",          "net/ip.h",
};

/// The text of the prefix. KBUILD_MODNAME stands in headers; the unit's own
/// command line says what it is.
static std::string prefixText() {
  std::string Text;
  for (StringRef Name : unitNameMacros())
    Text += (Twine("#define ") + Name + " \"prefix\"\n").str();
  for (const char *Header : Common)
    Text += (Twine("#if __has_include(<") + Header + ">)\n#include <" + Header +
             ">\n#endif\n")
                .str();
  for (StringRef Name : unitNameMacros())
    Text += (Twine("#undef ") + Name + "\n").str();
  return Text;
}

/// A name that no parse asks for otherwise.
static const char PrefixText[] = "/netdev-lint-prefix.c";

IntrusiveRefCntPtr<vfs::FileSystem>
withPrefixText(IntrusiveRefCntPtr<vfs::FileSystem> Below) {
  auto Memory = makeIntrusiveRefCnt<vfs::InMemoryFileSystem>();
  Memory->addFile(PrefixText, 0,
                  MemoryBuffer::getMemBufferCopy(prefixText(), PrefixText));
  auto Both = makeIntrusiveRefCnt<vfs::OverlayFileSystem>(std::move(Below));
  Both->pushOverlay(std::move(Memory));
  return Both;
}

namespace {
/// Tells which bodies are wanted; what it is told it forgets.
class BodyChooser : public ASTConsumer {
public:
  bool shouldSkipFunctionBody(Decl *D) override {
    return maySkipBody(D->getASTContext(), *D);
  }
};

class PrefixAction : public GeneratePCHAction {
public:
  PrefixAction(Prefix &Into, bool &Ok) : Into(Into), Ok(Ok) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef File) override {
    Preprocessor &PP = CI.getPreprocessor();
    PP.addPPCallbacks(describePrefix(PP, Into));
    std::vector<std::unique_ptr<ASTConsumer>> Both;
    Both.push_back(std::make_unique<BodyChooser>());
    Both.push_back(GeneratePCHAction::CreateASTConsumer(CI, File));
    if (!Both.back())
      return nullptr;
    return std::make_unique<MultiplexConsumer>(std::move(Both));
  }

  void EndSourceFileAction() override {
    Ok = !getCompilerInstance().getDiagnostics().hasErrorOccurred();
    GeneratePCHAction::EndSourceFileAction();
  }

private:
  Prefix &Into;
  bool &Ok;
};

class PrefixFactory : public tooling::FrontendActionFactory {
public:
  PrefixFactory(Prefix &Into, StringRef File) : Into(Into), File(File) {}

  bool Ok = false; ///< the headers had no error

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<PrefixAction>(Into, Ok);
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> PCH,
                     DiagnosticConsumer *Consumer) override {
    setOptions(*Invocation);
    Invocation->getFrontendOpts().OutputFile = File.str();
    return FrontendActionFactory::runInvocation(std::move(Invocation), Files,
                                                std::move(PCH), Consumer);
  }

private:
  Prefix &Into;
  StringRef File;
};
} // namespace

bool buildPrefix(ArrayRef<std::string> Arguments, StringRef Directory,
                 StringRef File, Prefix &Into) {
  auto Physical = vfs::createPhysicalFileSystem();
  if (Physical->setCurrentWorkingDirectory(Directory))
    return false;
  auto Files = makeIntrusiveRefCnt<FileManager>(
      FileSystemOptions(),
      withPrefixText(recordInputs(std::move(Physical), Into.Read)));

  PrefixFactory Factory(Into, File);
  IgnoringDiagConsumer Silent;
  std::vector<std::string> All = Arguments.vec();
  All.push_back(PrefixText);
  tooling::ToolInvocation Invocation(
      All, &Factory, Files.get(), std::make_shared<PCHContainerOperations>());
  Invocation.setDiagnosticConsumer(&Silent);
  return Invocation.run() && Factory.Ok;
}

} // namespace netdev
