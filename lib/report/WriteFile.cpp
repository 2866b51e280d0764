//===- WriteFile.cpp - A whole file or none -------------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/WriteFile.h"
#include "report/Source.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

static std::error_code write(StringRef File, StringRef Text,
                             sys::fs::CreationDisposition How) {
  int FD;
  if (std::error_code EC =
          sys::fs::openFileForWrite(File, FD, How, sys::fs::OF_None))
    return EC;
  raw_fd_ostream OS(FD, /*shouldClose=*/true);
  OS << Text;
  OS.close();
  std::error_code EC = OS.error();
  OS.clear_error();
  return EC;
}

/// \p Old is what \p File is now.
static std::error_code replace(StringRef File, const sys::fs::file_status &Old,
                               StringRef Text) {
  // LLVM's TempFile takes a '%' anywhere in the path for a digit to be chosen.
  std::string New =
      (File + "." + Twine(sys::Process::getProcessId()) + ".tmp").str();
  sys::RemoveFileOnSignal(New);
  std::error_code EC = write(New, Text, sys::fs::CD_CreateAlways);
  if (!EC && sys::fs::exists(Old))
    EC = sys::fs::setPermissions(New, Old.permissions());
  if (!EC)
    EC = sys::fs::rename(New, File);
  if (EC)
    (void)sys::fs::remove(New);
  sys::DontRemoveFileOnSignal(New);
  return EC;
}

Error netdev::writeFile(StringRef File, StringRef Text) {
  auto Fail = [&](std::error_code EC) {
    return EC ? failure("cannot write " + File + ": " + EC.message())
              : Error::success();
  };
  // A link stays one: what it points to is replaced.
  SmallString<256> Real;
  if (sys::fs::real_path(File, Real))
    Real = File;
  sys::fs::file_status Old;
  sys::fs::status(Real, Old);
  if (sys::fs::exists(Old) && !sys::fs::is_regular_file(Old))
    return Fail(write(Real, Text, sys::fs::CD_OpenExisting));
  // Renaming needs no right to the file itself, but who took it away meant it.
  if (sys::fs::exists(Old) && !sys::fs::can_write(Real))
    return Fail(std::make_error_code(std::errc::permission_denied));
  return Fail(replace(Real, Old, Text));
}
