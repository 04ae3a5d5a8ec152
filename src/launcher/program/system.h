/* The entry of the program and the system calls: all that differs by architecture. */
#pragma once

typedef unsigned long size_t;

enum { PATH_MAX = 4096, MAX_LINKS = 40, ROOM = 8 * PATH_MAX };
enum { AT_NULL = 0, AT_EXECFN = 31, AT_FDCWD = -100 };
enum { EPERM = 1, ENOENT = 2, E2BIG = 7, ENOEXEC = 8, EACCES = 13, ENAMETOOLONG = 36 };

#if defined(__x86_64__)

enum { READ = 0, WRITE = 1, CLOSE = 3, EXECVE = 59, GETCWD = 79, EXIT_GROUP = 231 };
enum { OPENAT = 257, READLINKAT = 267, FACCESSAT = 269 };

__asm__(".globl _start\n"
        "_start: mov %rsp, %rdi\n"
        "        and $-16, %rsp\n"
        "        call start\n");

static long call(long number, long a, long b, long c, long d)
{
    long result;
    register long fourth __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                     : "rcx", "r11", "memory");
    return result;
}

#elif defined(__aarch64__)

enum { READ = 63, WRITE = 64, CLOSE = 57, EXECVE = 221, GETCWD = 17, EXIT_GROUP = 94 };
enum { OPENAT = 56, READLINKAT = 78, FACCESSAT = 48 };

__asm__(".globl _start\n"
        "_start: mov x0, sp\n"
        "        bl start\n");

static long call(long number, long a, long b, long c, long d)
{
    register long w8 __asm__("x8") = number;
    register long w0 __asm__("x0") = a;
    register long w1 __asm__("x1") = b;
    register long w2 __asm__("x2") = c;
    register long w3 __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(w0) : "r"(w8), "r"(w1), "r"(w2), "r"(w3) : "memory");
    return w0;
}

#endif
