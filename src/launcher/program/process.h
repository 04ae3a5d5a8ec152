/* What the kernel puts on the stack of a new process: arguments, environment and auxiliary vector (fs/binfmt_elf.c). */
#pragma once

#include "system.h"

enum { AT_NULL = 0, AT_PHDR = 3, AT_PHENT = 4, AT_PHNUM = 5, AT_PAGESZ = 6, AT_BASE = 7, AT_ENTRY = 9 };
enum { AT_SECURE = 23, AT_EXECFN = 31 };

struct process {
    const long *stack;
    long argc, envc;
    const char **argv, **envp;
    /* Pairs of a type and a value. The last type is AT_NULL, and `words` counts it too. */
    const long *auxiliary;
    long words;
};

/*
 * Reads the stack. More than one NULL ends the environment if an initializer of a library removed variables: unsetenv()
 * moves the others down (glibc stdlib/setenv.c).
 */
static struct process read_process(const long *stack)
{
    struct process process = {.stack = stack, .argc = stack[0], .argv = (const char **)(stack + 1), .words = 2};
    process.envp = process.argv + process.argc + 1;
    while (process.envp[process.envc]) process.envc++;
    process.auxiliary = (const long *)(process.envp + process.envc + 1);
    while (*process.auxiliary == AT_NULL) process.auxiliary++;
    while (process.auxiliary[process.words - 2] != AT_NULL) process.words += 2;
    return process;
}

/* The value of a type in an auxiliary vector, or `otherwise` if the vector does not have it. */
static long read_auxiliary(const long *vector, long type, long otherwise)
{
    for (; vector[0] != AT_NULL; vector += 2)
        if (vector[0] == type) return vector[1];
    return otherwise;
}

static void write_auxiliary(long *vector, long type, long value)
{
    for (; vector[0] != AT_NULL; vector += 2)
        if (vector[0] == type) vector[1] = value;
}

/* Whether the process has privileges that its caller lacks, by a set-user-ID program or file capabilities. */
static int is_privileged(const struct process *process)
{
    return read_auxiliary(process->auxiliary, AT_SECURE, 0) != 0;
}
