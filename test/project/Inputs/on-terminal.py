"""Runs a command whose stderr is a terminal; prints what that got, a line a piece."""
import os
import pty
import subprocess
import sys

ours, theirs = pty.openpty()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=theirs)
os.close(theirs)
got = b""
while True:
    try:
        piece = os.read(ours, 4096)
    except OSError:  # how Linux says that nobody holds the other end
        break
    if not piece:
        break
    got += piece
print(got.decode().replace("\r", "\n"))
sys.exit(child.wait())
