/* The entry of the program, the system calls and the jumps: all that differs by architecture. */
#pragma once

typedef unsigned long size_t;

enum { PATH_MAX = 4096, MAX_LINKS = 40 };
enum { AT_FDCWD = -100, O_CLOEXEC = 02000000, X_OK = 1 };
enum { EPERM = 1, ENOENT = 2, E2BIG = 7, ENOEXEC = 8, ENOMEM = 12, EACCES = 13, EFAULT = 14, EEXIST = 17 };
enum { ENOTDIR = 20, EINVAL = 22, ENAMETOOLONG = 36 };

/*
 * _start calls start(stack) with the stack pointer that the kernel set.
 *
 * after_loader is the entry of the program for ld.so (AT_ENTRY). It calls finish_start(stack), and then goes to the
 * entry that this returns. It keeps the register that the psABI defines there: the function that ld.so wants to be
 * called at exit.
 */
extern const char after_loader[] __attribute__((visibility("hidden")));

#if defined(__x86_64__)

enum { MACHINE = 62 };
enum {
    READ = 0,
    WRITE = 1,
    CLOSE = 3,
    MMAP = 9,
    MUNMAP = 11,
    BRK = 12,
    RT_SIGPROCMASK = 14,
    PREAD64 = 17,
    EXECVE = 59,
    GETCWD = 79
};
enum { PRCTL = 157, EXIT_GROUP = 231, OPENAT = 257, READLINKAT = 267, FACCESSAT = 269 };

__asm__(".globl _start\n"
        "_start: xor %ebp, %ebp\n"
        "        mov %rsp, %rdi\n"
        "        and $-16, %rsp\n"
        "        call start\n"
        "        hlt\n"
        ".globl after_loader\n"
        ".hidden after_loader\n"
        "after_loader:\n"
        "        endbr64\n"
        "        mov %rsp, %rdi\n"
        "        push %rdx\n"
        "        sub $8, %rsp\n"
        "        call finish_start\n"
        "        add $8, %rsp\n"
        "        pop %rdx\n"
        "        jmp *%rax\n");

static long call6(long number, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long fourth __asm__("r10") = d;
    register long fifth __asm__("r8") = e;
    register long sixth __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
                     : "rcx", "r11", "memory");
    return result;
}

/* Goes to an entry as the kernel would: with this stack, and with no function to be called at exit. */
__attribute__((noreturn)) static void jump(const void *stack, size_t entry)
{
    __asm__ volatile("mov %0, %%rsp\n"
                     "xor %%edx, %%edx\n"
                     "xor %%ebp, %%ebp\n"
                     "jmp *%1\n"
                     :
                     : "r"(stack), "r"(entry)
                     : "memory", "rdx");
    __builtin_unreachable();
}

#elif defined(__aarch64__)

enum { MACHINE = 183 };
enum { GETCWD = 17, FACCESSAT = 48, OPENAT = 56, CLOSE = 57, READ = 63, WRITE = 64, PREAD64 = 67, READLINKAT = 78 };
enum { EXIT_GROUP = 94, PRCTL = 167, BRK = 214, RT_SIGPROCMASK = 135, MUNMAP = 215, EXECVE = 221, MMAP = 222 };

/* `hint #36` is `bti j`: processors with branch target identification require it at the target of a jump. */
__asm__(".globl _start\n"
        "_start: mov x29, xzr\n"
        "        mov x30, xzr\n"
        "        mov x0, sp\n"
        "        bl start\n"
        "        brk #0\n"
        ".globl after_loader\n"
        ".hidden after_loader\n"
        "after_loader:\n"
        "        hint #36\n"
        "        str x0, [sp, #-16]!\n"
        "        add x0, sp, #16\n"
        "        bl finish_start\n"
        "        mov x16, x0\n"
        "        ldr x0, [sp], #16\n"
        "        mov x29, xzr\n"
        "        mov x30, xzr\n"
        "        br x16\n");

static long call6(long number, long a, long b, long c, long d, long e, long f)
{
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}

/* Goes to an entry as the kernel would: with this stack, and with no function to be called at exit. */
__attribute__((noreturn)) static void jump(const void *stack, size_t entry)
{
    register size_t to __asm__("x16") = entry;
    __asm__ volatile("mov sp, %0\n"
                     "mov x0, xzr\n"
                     "mov x29, xzr\n"
                     "mov x30, xzr\n"
                     "br %1\n"
                     :
                     : "r"(stack), "r"(to)
                     : "memory", "x0");
    __builtin_unreachable();
}

#endif

static long call(long number, long a, long b, long c, long d)
{
    return call6(number, a, b, c, d, 0, 0);
}

/* The compiler calls these two for structures. */
__attribute__((used, visibility("hidden"))) void *memcpy(void *to, const void *from, size_t size)
{
    for (size_t i = 0; i < size; i++) ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

__attribute__((used, visibility("hidden"))) void *memset(void *to, int byte, size_t size)
{
    for (size_t i = 0; i < size; i++) ((char *)to)[i] = (char)byte;
    return to;
}
