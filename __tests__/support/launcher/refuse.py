"""Executes a program in a sandbox: `refuse.py NUMBER PROGRAM ARGUMENT...`. A system call of x86_64 fails with EPERM.

The filter is that of seccomp(2): it loads the number of the call, compares it, and returns an error or lets it pass.
"""

import ctypes
import os
import struct
import sys

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
LOAD_NUMBER, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ERROR, ALLOW = 0x50001, 0x7FFF0000

number, program = int(sys.argv[1]), sys.argv[2]
code = struct.pack(
    'HBBI' * 4, LOAD_NUMBER, 0, 0, 0, JUMP_IF_EQUAL, 0, 1, number, RETURN, 0, 0, ERROR, RETURN, 0, 0, ALLOW
)
room = ctypes.create_string_buffer(code, len(code))
filters = ctypes.create_string_buffer(struct.pack('HxxxxxxP', 4, ctypes.addressof(room)))
libc = ctypes.CDLL(None)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filters):
    sys.exit('the kernel refuses the filter')
os.execv(program, sys.argv[2:])
