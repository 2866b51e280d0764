//===- CompileDatabase.cpp - The command of a file ------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/CompileDatabase.h"
#include "project/CommandScanner.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace llvm;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace netdev {

std::string absolutePath(StringRef File, StringRef Base) {
  SmallString<256> P(File);
  if (!path::is_absolute(P)) {
    if (Base.empty())
      fs::make_absolute(P);
    else {
      P = absolutePath(Base);
      path::append(P, File);
    }
  }
  path::remove_dots(P, /*remove_dot_dot=*/true);
  return std::string(P);
}

static std::string inDir(StringRef Dir, const Twine &Name) {
  SmallString<256> P(Dir);
  path::append(P, Name);
  return std::string(P);
}

/// True for a folder that kbuild has built in.
static bool isKernelBuild(StringRef Dir) {
  return fs::exists(inDir(Dir, "include/generated/autoconf.h"));
}

static bool isKernelSource(StringRef Dir) {
  return fs::exists(inDir(Dir, "scripts/Kbuild.include")) &&
         fs::exists(inDir(Dir, "MAINTAINERS"));
}

static bool isBelow(StringRef File, StringRef Dir) {
  while (Dir.size() > 1 && Dir.ends_with("/"))
    Dir = Dir.drop_back();
  return Dir == "/" || (File.starts_with(Dir) && File.size() > Dir.size() &&
                        File[Dir.size()] == '/');
}

/// The kernel tree that \p File stands in; empty if it is in none.
static std::string kernelTree(StringRef File) {
  for (StringRef D = path::parent_path(File); !D.empty() && D != "/";
       D = path::parent_path(D))
    if (isKernelSource(D))
      return D.str();
  return "";
}

std::string sourceRoot(StringRef File, StringRef Fallback) {
  if (std::string Tree = kernelTree(File); !Tree.empty())
    return Tree;
  if (!Fallback.empty() && isBelow(File, Fallback))
    return Fallback.str();
  return path::parent_path(File).str();
}

std::string sourceRoot(ArrayRef<CompileCommand> Commands, StringRef Fallback) {
  for (const CompileCommand &C : Commands)
    if (std::string Tree = kernelTree(C.File); !Tree.empty())
      return Tree;
  return Commands.empty() ? Fallback.str()
                          : sourceRoot(Commands.front().File, Fallback);
}

static Error fail(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

static const char *const HowToMake =
    "make one with 'make compile_commands.json' in the built kernel tree, or "
    "'kernel-corpus/prepare --source TREE --out DIR'";

static Expected<std::shared_ptr<MemoryBuffer>> read(StringRef File) {
  auto Buffer = MemoryBuffer::getFile(File, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return fail(Twine(File) + ": " + Buffer.getError().message());
  return std::shared_ptr<MemoryBuffer>(std::move(*Buffer));
}

Expected<CompileDatabase> CompileDatabase::open(StringRef Path) {
  CompileDatabase DB;
  std::string P = absolutePath(Path);
  if (!fs::exists(P))
    return fail(Twine(Path) + ": no such file or directory");
  if (fs::is_directory(P)) {
    DB.Directory = P;
    std::string Json = inDir(P, "compile_commands.json");
    if (fs::exists(Json))
      DB.Json = Json;
    else if (!isKernelBuild(P))
      return fail(Twine(Path) + ": no compile_commands.json here; " +
                  HowToMake);
  } else {
    DB.Directory = path::parent_path(P).str();
    DB.Json = P;
  }
  if (!DB.Json.empty()) {
    auto Text = read(DB.Json);
    if (!Text)
      return Text.takeError();
    DB.Text = *Text;
  }
  return DB;
}

CompileDatabase CompileDatabase::fixed(ArrayRef<std::string> Flags) {
  CompileDatabase DB;
  DB.Directory = absolutePath(".");
  DB.Fixed = {"clang"};
  DB.Fixed->insert(DB.Fixed->end(), Flags.begin(), Flags.end());
  return DB;
}

Expected<CompileDatabase> CompileDatabase::above(StringRef File) {
  std::string F = absolutePath(File);
  for (StringRef D = path::parent_path(F); !D.empty(); D = path::parent_path(D))
    if (fs::exists(inDir(D, "compile_commands.json")) || isKernelBuild(D))
      return open(D);
  return fail(Twine(File) +
              ": no compile_commands.json in its folder or above; name one "
              "with -p, or " +
              HowToMake);
}

//===----------------------------------------------------------------------===//
// kbuild's .cmd files
//===----------------------------------------------------------------------===//

/// The command that kbuild saved in \p CmdFile; nothing if it is not one of a
/// C file.
static std::optional<CompileCommand> savedCommand(StringRef CmdFile,
                                                  StringRef BuildDir) {
  auto Buffer = MemoryBuffer::getFile(CmdFile);
  if (!Buffer)
    return std::nullopt;
  // savedcmd_drivers/net/amt.o := clang ... -c -o X.o X.c ; other commands
  auto [Line, Rest] = (*Buffer)->getBuffer().split('\n');
  if (!Line.consume_front("savedcmd_") && !Line.consume_front("cmd_"))
    return std::nullopt;
  size_t Eq = Line.find(":=");
  if (Eq == StringRef::npos)
    return std::nullopt;
  StringRef Command = Line.substr(Eq + 2).trim();
  Command = Command.split(" ; ").first.trim();
  CompileCommand C;
  C.Directory = BuildDir.str();
  std::vector<std::string> Arguments = splitCommand(Command);
  if (Arguments.size() < 2 || !StringRef(Arguments.back()).ends_with(".c"))
    return std::nullopt;
  // Host programs such as tools/objtool are built elsewhere, with other flags.
  if (!is_contained(Arguments, "-D__KERNEL__"))
    return std::nullopt;
  C.File = absolutePath(Arguments.back(), BuildDir);
  C.Arguments = Arguments;
  return C;
}

static std::string cmdFile(StringRef Source) {
  SmallString<256> P(path::parent_path(Source));
  path::append(P, "." + path::stem(Source) + ".o.cmd");
  return std::string(P);
}

Expected<std::optional<CompileCommand>>
CompileDatabase::lookupSaved(StringRef File) const {
  SmallVector<std::string, 2> Tries{cmdFile(File)};
  // An O= build keeps the object under the same name in another folder.
  std::string Root = sourceRoot(File, "");
  if (isBelow(File, Root))
    Tries.push_back(
        cmdFile(inDir(Directory, File.drop_front(Root.size() + 1))));
  for (const std::string &T : Tries)
    if (std::optional<CompileCommand> C = savedCommand(T, Directory))
      if (C->File == File || fs::equivalent(C->File, File))
        return C;
  return std::nullopt;
}

ArgumentList::ArgumentList(const std::vector<std::string> &Arguments) {
  for (const std::string &A : Arguments)
    Joined.append(A.c_str(), A.size() + 1);
}

std::vector<std::string> ArgumentList::get() const {
  std::vector<std::string> Out;
  for (StringRef Rest = Joined; !Rest.empty();
       Rest = Rest.drop_front(Out.back().size() + 1))
    Out.push_back(Rest.take_until([](char C) { return C == 0; }).str());
  return Out;
}

//===----------------------------------------------------------------------===//
// Lookup
//===----------------------------------------------------------------------===//

static CompileCommand command(const CommandEntry &E, StringRef DatabaseDir) {
  CompileCommand C;
  C.Directory = absolutePath(unescape(E.Directory), DatabaseDir);
  C.File = absolutePath(unescape(E.File), C.Directory);
  std::vector<std::string> Arguments;
  if (E.Arguments.empty())
    Arguments = splitCommand(unescape(E.Command));
  for (StringRef A : E.Arguments)
    Arguments.push_back(unescape(A));
  C.Arguments = Arguments;
  return C;
}

Expected<std::optional<CompileCommand>>
CompileDatabase::lookup(StringRef File) const {
  std::string Wanted = absolutePath(File);
  if (!fs::exists(Wanted)) {
    std::string InTree = absolutePath(File, Directory);
    if (!fs::exists(InTree))
      InTree = absolutePath(File, inDir(Directory, "source"));
    if (!fs::exists(InTree))
      return fail(Twine(File) + ": no such file");
    Wanted = InTree;
  }
  if (fs::is_directory(Wanted))
    return fail(Twine(File) + ": is a directory; use --all " + File +
                " for all files in it");
  if (Fixed)
    return CompileCommand{Directory, Wanted, *Fixed};
  if (Json.empty())
    return lookupSaved(Wanted);

  StringRef Name = path::filename(Wanted);
  std::optional<CompileCommand> Exact, Linked;
  Error Broken =
      scanCommands(Text->getBuffer(), Json, [&](const CommandEntry &E) {
        // Only an entry of the same base name is worth resolving.
        if (!E.File.ends_with(Name) && !E.File.contains('\\'))
          return true;
        CompileCommand C = command(E, Directory);
        if (C.File == Wanted) {
          Exact = std::move(C);
          return false;
        }
        if (!Linked && path::filename(C.File) == Name &&
            fs::equivalent(C.File, Wanted))
          Linked = std::move(C);
        return true;
      });
  if (Broken)
    return Broken;
  if (!Exact && Linked)
    Linked->File = Wanted;
  return Exact ? Exact : Linked;
}

static bool isAnyOf(StringRef File, ArrayRef<std::string> Dirs) {
  return Dirs.empty() || any_of(Dirs, [&](const std::string &D) {
           return File == D || isBelow(File, D);
         });
}

Expected<std::vector<CompileCommand>>
CompileDatabase::all(ArrayRef<std::string> Wanted) const {
  std::vector<std::string> Dirs;
  for (const std::string &D : Wanted) {
    std::string P = absolutePath(D);
    if (!fs::exists(P) && fs::exists(absolutePath(D, Directory)))
      P = absolutePath(D, Directory);
    if (!fs::exists(P))
      return fail(Twine(D) + ": no such file or directory");
    Dirs.push_back(P);
  }
  std::vector<CompileCommand> Found;
  if (Fixed)
    return Found;
  if (Json.empty()) {
    std::error_code EC;
    for (fs::recursive_directory_iterator
             I(Directory, EC, /*follow_symlinks=*/false),
         End;
         I != End && !EC; I.increment(EC))
      if (StringRef(I->path()).ends_with(".o.cmd"))
        if (auto C = savedCommand(I->path(), Directory))
          if (isAnyOf(C->File, Dirs))
            Found.push_back(std::move(*C));
  } else if (Error Broken = scanCommands(
                 Text->getBuffer(), Json, [&](const CommandEntry &E) {
                   if (!E.File.ends_with(".c"))
                     return true;
                   CompileCommand C;
                   C.Directory = absolutePath(unescape(E.Directory), Directory);
                   C.File = absolutePath(unescape(E.File), C.Directory);
                   if (isAnyOf(C.File, Dirs))
                     Found.push_back(command(E, Directory));
                   return true;
                 })) {
    return Broken;
  }
  // A file may be compiled more than once; its first command stands for it.
  std::map<std::string, CompileCommand> ByName;
  for (CompileCommand &C : Found) {
    std::string Name = C.File;
    ByName.try_emplace(std::move(Name), std::move(C));
  }
  Found.clear();
  for (auto &[Name, C] : ByName)
    Found.push_back(std::move(C));
  return Found;
}

} // namespace netdev
