//===- Workers.cpp - Jobs in processes of their own -----------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Workers.h"
#include "llvm/Support/Threading.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace llvm;

namespace netdev {

unsigned availableCores() {
  return std::max(1u, hardware_concurrency().compute_thread_count());
}

static bool writeAll(int FD, StringRef Bytes) {
  while (!Bytes.empty()) {
    ssize_t N = ::write(FD, Bytes.data(), Bytes.size());
    if (N < 0 && errno == EINTR)
      continue;
    if (N <= 0)
      return false;
    Bytes = Bytes.drop_front(N);
  }
  return true;
}

static Error fail(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {
struct Worker {
  pid_t Pid;
  int FD;
  size_t Index;
  std::string Bytes;
};
} // namespace

/// What the ended \p W has to say. The last byte tells that the job came to
/// its end, so that an exit() from inside Clang is no result.
static Expected<std::string> result(Worker &W) {
  int Status = 0;
  while (::waitpid(W.Pid, &Status, 0) < 0 && errno == EINTR)
    ;
  if (WIFSIGNALED(Status))
    return fail("crashed with signal " + Twine(WTERMSIG(Status)) + " (" +
                ::strsignal(WTERMSIG(Status)) + ")");
  if (!WIFEXITED(Status) || WEXITSTATUS(Status) != 0 || W.Bytes.empty() ||
      W.Bytes.back() != '\0')
    return fail("the worker ended early with status " +
                Twine(WEXITSTATUS(Status)));
  W.Bytes.pop_back();
  return std::move(W.Bytes);
}

void runForked(size_t Count, unsigned Parallel,
               function_ref<std::string(size_t)> Job,
               function_ref<void(size_t, Expected<std::string>)> Done) {
  std::vector<Worker> Running;
  size_t Next = 0;
  while (Next != Count || !Running.empty()) {
    while (Next != Count && Running.size() < std::max(1u, Parallel)) {
      size_t Index = Next++;
      int Pipe[2];
      if (::pipe(Pipe) != 0) {
        Done(Index, fail(Twine("no pipe: ") + std::strerror(errno)));
        continue;
      }
      pid_t Pid = ::fork();
      if (Pid == 0) {
        ::close(Pipe[0]);
        for (const Worker &W : Running)
          ::close(W.FD);
        bool Ok = writeAll(Pipe[1], Job(Index)) &&
                  writeAll(Pipe[1], StringRef("\0", 1));
        ::_exit(Ok ? 0 : 1);
      }
      ::close(Pipe[1]);
      if (Pid < 0) {
        ::close(Pipe[0]);
        Done(Index, fail(Twine("no process: ") + std::strerror(errno)));
        continue;
      }
      Running.push_back({Pid, Pipe[0], Index, {}});
    }

    std::vector<pollfd> Polls;
    for (const Worker &W : Running)
      Polls.push_back({W.FD, POLLIN, 0});
    if (::poll(Polls.data(), Polls.size(), -1) < 0)
      continue;
    for (size_t I = Running.size(); I-- != 0;) {
      if (!Polls[I].revents)
        continue;
      char Buffer[1 << 16];
      ssize_t N = ::read(Polls[I].fd, Buffer, sizeof(Buffer));
      if (N > 0) {
        Running[I].Bytes.append(Buffer, N);
        continue;
      }
      if (N < 0 && errno == EINTR)
        continue;
      Worker W = std::move(Running[I]);
      Running.erase(Running.begin() + I);
      ::close(W.FD);
      Done(W.Index, result(W));
    }
  }
}

} // namespace netdev
