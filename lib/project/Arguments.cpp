//===- Arguments.cpp - A kernel command for our parser --------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Arguments.h"
#include "lower/ClangCompat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace llvm::opt;

namespace netdev {

/// Flags with no effect on how C is read, that cost time, touch files, or are
/// refused for some target, value or combination. By their first letters.
static const char *const Dropped[] = {
    // output, dependencies, warnings, debug information, what other tools get
    "-c",
    "-o",
    "-S",
    "-E",
    "-M",
    "-W",
    "-w",
    "-pedantic",
    "-g",
    "-pipe",
    "-save-temps",
    "--serialize-diagnostics",
    "-mllvm",
    "-ftime-",
    "-v",
    "-###",
    "-Xassembler",
    "-Xlinker",
    "-Xpreprocessor",
    "-Xanalyzer",
    "-frandom-seed",
    "-fdiagnostics",
    "-fcolor",
    "-fno-color",
    "-ffile-prefix",
    "-fmacro-prefix",
    "-fdebug",
    "-fno-integrated-as",
    "-no-integrated-as",
    "-fintegrated-as",
    "-integrated-as",
    // plugins and layout seeds
    "-fplugin",
    "-fpass-plugin",
    "-load",
    "-frandomize-layout",
    // optimisation and code generation
    "-falign",
    "-fno-align",
    "-fpatchable",
    "-pg",
    "-mfentry",
    "-fno-ipa",
    "-fipa",
    "-fstack",
    "-fno-stack",
    "-fzero-call",
    "-ftrivial-auto",
    "-flto",
    "-fno-lto",
    "-fsplit",
    "-fwhole",
    "-fprofile",
    "-fno-profile",
    "-fcoverage",
    "-ftest-coverage",
    "-fxray",
    "-fbasic-block",
    "-finstrument",
    "-fjump-tables",
    "-fno-jump-tables",
    "-fvisibility",
    "-fthin",
    "-fcs-",
    "-fno-allow-store",
    "-fconserve",
    "-ffunction-sections",
    "-fdata-sections",
    "-fsanitize",
    "-fno-sanitize",
    "-mretpoline",
    "-mindirect",
    "-mfunction-return",
    "-mharden",
    "-mstack",
    "-mskip-rax",
    "-mrecord",
    "-mnop",
    "-mpreferred",
    "-mtune",
    "-mno-align",
    "-mrelax",
    "-mno-relax",
    "-mbranch-protection",
    "--param",
};

/// Sanitizers whose macros (__SANITIZE_ADDRESS__ and others by way of
/// compiler-clang.h) choose between memcpy() and __memcpy() in string_64.h.
static bool changesMacros(StringRef Sanitizer) {
  return Sanitizer == "kernel-address" || Sanitizer == "kernel-hwaddress" ||
         Sanitizer == "kernel-memory" || Sanitizer == "thread";
}

/// The target that the compiler's name gives: `aarch64-linux-gnu-gcc-12`.
static std::string targetOf(StringRef Compiler) {
  StringRef Name = sys::path::filename(Compiler);
  for (StringRef Tool : {"-gcc", "-cc", "-clang"}) {
    size_t At = Name.rfind(Tool);
    if (At != StringRef::npos && Name.take_front(At).contains('-'))
      return ("--target=" + Name.take_front(At)).str();
  }
  return "";
}

static std::string resourceDir() {
  // NETDEV_LLVM_PREFIX is where CMake found the LLVM that is linked.
  SmallString<128> P(NETDEV_LLVM_PREFIX);
  sys::path::append(P, "lib/clang", CLANG_VERSION_MAJOR_STRING);
  return std::string(P);
}

std::vector<std::string> parserArguments(ArrayRef<std::string> Arguments,
                                         StringRef File) {
  std::vector<std::string> Out{NETDEV_LLVM_PREFIX "/bin/clang"};
  if (Arguments.empty())
    return Out;
  if (std::string T = targetOf(Arguments[0]); !T.empty())
    Out.push_back(T);

  SmallVector<const char *, 128> Raw;
  for (const std::string &A : Arguments.drop_front())
    Raw.push_back(A.c_str());
  unsigned MissingIndex, MissingCount;
  InputArgList Args = compat::driverOptions().ParseArgs(
      Raw, MissingIndex, MissingCount, Visibility(compat::driverVisibility()));
  for (const Arg *A : Args) {
    unsigned Kind = A->getOption().getKind();
    // The source, other inputs, and what this clang does not know.
    if (Kind == Option::InputClass || Kind == Option::UnknownClass)
      continue;
    std::string Spelling = A->getSpelling().str();
    if (Spelling == "-fsanitize=") {
      std::string Kept;
      for (const char *V : A->getValues())
        if (changesMacros(V))
          Kept += (Kept.empty() ? "" : ",") + std::string(V);
      if (!Kept.empty())
        Out.push_back("-fsanitize=" + Kept);
      continue;
    }
    if (any_of(Dropped, [&](const char *D) {
          StringRef S(D);
          // One letter is a whole name or takes a value; "-g" is not "-gcc-…".
          return StringRef(Spelling).starts_with(S) &&
                 (S.size() > 2 || Spelling.size() <= 2 || S == "-M" ||
                  S == "-W" || S == "-g");
        }))
      continue;
    ArgStringList Rendered;
    A->render(Args, Rendered);
    Out.insert(Out.end(), Rendered.begin(), Rendered.end());
  }
  Out.push_back("-w");
  // gcc up to 13 only warns of these, and so did Clang up to 15. A file of
  // another architecture, read with a neighbour's flags, has them: asm/ lacks
  // some function. It is unknown to the engine, as any without a body.
  Out.push_back("-Wno-error=implicit-function-declaration");
  Out.push_back("-Wno-error=int-conversion");
  Out.push_back("-fsyntax-only");
  Out.push_back("-Qunused-arguments");
  if (std::string Dir = resourceDir(); sys::fs::exists(Dir))
    Out.push_back("-resource-dir=" + Dir);
  Out.push_back(File.str());
  return Out;
}

/// Flags of CHECKFLAGS and c_flags that stand in every kbuild since 5.11.
static bool isKbuildFlag(StringRef A) {
  return A == "-D__linux__" || A == "-Wbitwise" || A.starts_with("--arch=") ||
         A.starts_with("-Wp,-M") || A == "-nostdinc" || A == "-D__KERNEL__";
}

size_t ownArguments(ArrayRef<std::string> Arguments) {
  size_t N = 0;
  while (N != Arguments.size() && !isKbuildFlag(Arguments[N]))
    ++N;
  return N;
}

bool isKbuildCheck(ArrayRef<std::string> Arguments) {
  if (Arguments.size() < 3 || StringRef(Arguments.back()).starts_with("-") ||
      !StringRef(Arguments.back()).ends_with(".c"))
    return false;
  return count_if(Arguments, isKbuildFlag) >= 2;
}

} // namespace netdev
