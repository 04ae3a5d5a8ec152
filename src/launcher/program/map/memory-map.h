/* Tells the kernel which program this process runs, for debuggers. */
#pragma once

#include "../process.h"
#include "../text.h"
#include "mapping.h"

enum { PR_SET_MM = 35, PR_SET_MM_MAP = 14, MAX_WORDS = 128 };

/* struct prctl_mm_map of <linux/prctl.h>. */
struct memory_map {
    size_t start_code, end_code, start_data, end_data, start_brk, brk, start_stack;
    size_t arg_start, arg_end, env_start, env_end;
    const long *auxv;
    unsigned auxv_size;
    int exe_fd;
};

/* The end of a list of strings, which the kernel stores one after the other. `end` if the list is empty. */
static size_t end_of_strings(const char **strings, long count, size_t end)
{
    return count == 0 ? end : (size_t)next_string(strings[count - 1]);
}

/*
 * Replaces the kernel's copy of the auxiliary vector, which gdb reads from /proc/PID/auxv and from cores. `vector` is
 * the one that ld.so gets, except for AT_PHDR and AT_ENTRY, which lead to the launcher there.
 *
 * That needs a kernel with CONFIG_CHECKPOINT_RESTORE, and no privilege (kernel/sys.c, prctl_set_mm_map). Without it
 * nothing changes. Arguments, environment and heap stay as the kernel has them. It also requires addresses for code and
 * data, which only statistics use. The kernel of EL8 (4.18) requires data that is not empty and ends below the heap.
 */
static void set_memory_map(const struct process *process, const long *vector, const struct mapping *program)
{
    long words = process->words, copy[MAX_WORDS];
    if (process->argc == 0 || words > MAX_WORDS) return;
    for (long i = 0; i < words; i++) copy[i] = vector[i];
    write_auxiliary(copy, AT_PHDR, (long)program->headers);
    write_auxiliary(copy, AT_ENTRY, (long)program->entry);

    size_t heap = (size_t)call(BRK, 0, 0, 0, 0), data = 0x40000, arguments = (size_t)process->argv[0];
    size_t arguments_end = end_of_strings(process->argv, process->argc, arguments);
    struct memory_map map = {
        .start_code = program->start,
        .end_code = program->end,
        .start_data = data,
        .end_data = data + 1,
        .start_brk = heap,
        .brk = heap,
        .start_stack = (size_t)process->stack,
        .arg_start = arguments,
        .arg_end = arguments_end,
        .env_start = arguments_end,
        .env_end = end_of_strings(process->envp, process->envc, arguments_end),
        .auxv = copy,
        .auxv_size = (unsigned)words * sizeof(long),
        .exe_fd = -1,
    };
    call6(PRCTL, PR_SET_MM, PR_SET_MM_MAP, (long)&map, sizeof map, 0, 0);
}
