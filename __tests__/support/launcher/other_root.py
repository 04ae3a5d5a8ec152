"""Starts a program in the root of another process: `other_root.py DIRECTORY PATH ARGUMENT...`.

A child has DIRECTORY as its root, in a mount namespace of its own, like the process of a container. PATH is there.
"""

import ctypes
import os
import signal
import sys

CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH, SYS_PIVOT_ROOT = 0x20000, 0x1000, 0x4000, 0x40000, 2, 155

libc = ctypes.CDLL(None, use_errno=True)


def check(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def enter(directory: bytes) -> None:
    check(libc.unshare(CLONE_NEWNS))
    check(libc.mount(None, b'/', None, MS_REC | MS_PRIVATE, None))
    check(libc.mount(directory, directory, None, MS_BIND, None))
    os.chdir(directory)
    check(libc.syscall(SYS_PIVOT_ROOT, b'.', b'.'))
    check(libc.umount2(b'.', MNT_DETACH))


def main() -> None:
    directory, path, *arguments = map(os.fsencode, sys.argv[1:])
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        enter(directory)
        os.write(tell, b'x')
        signal.pause()
    os.read(ready, 1)
    program = b'/proc/%d/root%s' % (child, path)
    try:
        sys.exit(os.spawnv(os.P_WAIT, program, [program, *arguments]))
    finally:
        os.kill(child, 9)


main()
