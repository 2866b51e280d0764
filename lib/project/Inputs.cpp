//===- Inputs.cpp - What a parse read -------------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Inputs.h"
#include "project/Analysis.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace netdev {

void Inputs::read(StringRef Path, Digest Content) {
  Answers[Path.str()] = {true, Content};
}

void Inputs::asked(StringRef Path, bool Exists) {
  Answer &A = Answers[Path.str()];
  if (!A.Read)
    A.What = Exists ? FileDigests::folder() : FileDigests::absent();
}

std::optional<Digest> Inputs::content(StringRef Path) const {
  auto It = Answers.find(Path.str());
  if (It == Answers.end() || !It->second.Read)
    return std::nullopt;
  return It->second.What;
}

std::string Inputs::store() const {
  std::string Text;
  for (const auto &[Path, A] : Answers)
    Text += (A.Read ? "=" : "?") + A.What.hex() + Path + "\n";
  return Text;
}

bool Inputs::load(StringRef Text) {
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    Answer A;
    A.Read = Line.consume_front("=");
    if (!A.Read && !Line.consume_front("?"))
      return false;
    if (Line.size() < 33 || Line.take_front(16).getAsInteger(16, A.What.High) ||
        Line.substr(16, 16).getAsInteger(16, A.What.Low))
      return false;
    Answers[Line.drop_front(32).str()] = A;
  }
  return true;
}

std::string Inputs::makeRule(StringRef Target) const {
  auto Escape = [](StringRef Path) {
    std::string Out;
    for (char C : Path) {
      if (C == ' ' || C == '#')
        Out += '\\';
      if (C == '$')
        Out += '$';
      Out += C;
    }
    return Out;
  };
  std::string Text = Escape(Target) + ":";
  for (const auto &[Path, A] : Answers)
    if (A.Read)
      Text += " \\\n  " + Escape(Path);
  return Text + "\n";
}

std::string Inputs::names(StringRef Root) const {
  std::string Text;
  for (const auto &[Path, A] : Answers)
    Text += (A.Read ? "=" : "?") + relativeName(Path, Root) + "\n";
  return Text;
}

static Digest together(ArrayRef<Digest> All) {
  return Digest::of({reinterpret_cast<const char *>(All.data()),
                     All.size() * sizeof(Digest)});
}

Digest Inputs::answers() const {
  std::vector<Digest> All;
  for (const auto &[Path, A] : Answers)
    All.push_back(A.What);
  return together(All);
}

Digest Inputs::answersNow(StringRef Names, StringRef Root, FileDigests &Files) {
  std::vector<Digest> All;
  while (!Names.empty()) {
    auto [Line, Rest] = Names.split('\n');
    Names = Rest;
    bool Read = Line.consume_front("=");
    if (!Read)
      Line.consume_front("?");
    SmallString<256> Path;
    if (!sys::path::is_absolute(Line))
      Path = Root;
    sys::path::append(Path, Line);
    Digest Now = Files.of(Path);
    if (!Read && Now != FileDigests::absent())
      Now = FileDigests::folder();
    All.push_back(Now);
  }
  return together(All);
}

namespace {
/// An open file that tells what was read of it.
class RecordedFile : public vfs::File {
public:
  RecordedFile(std::unique_ptr<vfs::File> Below, std::string Path, Inputs &Into)
      : Below(std::move(Below)), Path(std::move(Path)), Into(Into) {}
  /// The file manager reads a file once, even if it has two names.
  ~RecordedFile() override {
    if (!Into.content(Path))
      (void)getBuffer(Path, -1, false, false);
  }

  ErrorOr<vfs::Status> status() override { return Below->status(); }
  ErrorOr<std::string> getName() override { return Below->getName(); }
  ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &Name,
                                                   int64_t FileSize,
                                                   bool RequiresNullTerminator,
                                                   bool IsVolatile) override {
    auto Buffer =
        Below->getBuffer(Name, FileSize, RequiresNullTerminator, IsVolatile);
    if (Buffer)
      Into.read(Path, Digest::of((*Buffer)->getBuffer()));
    return Buffer;
  }
  std::error_code close() override { return Below->close(); }

private:
  std::unique_ptr<vfs::File> Below;
  std::string Path;
  Inputs &Into;
};

class RecordingFileSystem : public vfs::ProxyFileSystem {
public:
  RecordingFileSystem(IntrusiveRefCntPtr<vfs::FileSystem> Below, Inputs &Into,
                      StringRef Except)
      : ProxyFileSystem(std::move(Below)), Into(Into), Except(Except) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    auto Status = ProxyFileSystem::status(Path);
    std::string Name = absolute(Path);
    // A folder that goes takes its files along, and those are noted.
    if (Name != Except && (!Status || !Status->isDirectory()))
      Into.asked(Name, bool(Status));
    return Status;
  }
  bool exists(const Twine &Path) override { return bool(status(Path)); }
  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    auto File = ProxyFileSystem::openFileForRead(Path);
    std::string Name = absolute(Path);
    if (Name == Except)
      return File;
    Into.asked(Name, bool(File));
    if (!File)
      return File;
    return std::make_unique<RecordedFile>(std::move(*File), std::move(Name),
                                          Into);
  }

private:
  /// `..` stays: what stands before it may be a symbolic link.
  std::string absolute(const Twine &Path) {
    SmallString<256> Name;
    Path.toVector(Name);
    makeAbsolute(Name);
    sys::path::remove_dots(Name, /*remove_dot_dot=*/false);
    return std::string(Name);
  }

  Inputs &Into;
  std::string Except;
};
} // namespace

IntrusiveRefCntPtr<vfs::FileSystem>
recordInputs(IntrusiveRefCntPtr<vfs::FileSystem> Below, Inputs &Into,
             StringRef Except) {
  return makeIntrusiveRefCnt<RecordingFileSystem>(std::move(Below), Into,
                                                  Except);
}

} // namespace netdev
