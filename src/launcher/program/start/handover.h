/* What the launcher does in two parts: before ld.so starts, and when ld.so is done. */
#pragma once

#include "../map/memory-map.h"
#include "../map/search-directories.h"
#include "own-variables.h"
#include "stack.h"

/* A variable that is changed until Python begins: its string, which has room for what the caller wrote. */
struct change {
    char *seen;
    const char *callers;
};

/* What the second part has to know. It follows the auxiliary vector on the stack. */
struct handover {
    struct mapping program, loader;
    const char *libraries;
    struct own_variables own;
    struct segment headers[MAX_SEGMENTS];
    long count;
    struct change changes[];
};

/* The bytes of a handover for this process. */
static size_t size_of_handover(const struct process *process)
{
    size_t changes = 0;
    for (long i = 0; i < process->envc; i++) changes += (size_t)is_hidden(process->envp[i]);
    return sizeof(struct handover) + changes * sizeof(struct change);
}

/*
 * Copies the program headers for ld.so. In the copy PT_INTERP is the path of the tree's ld.so: gdb and dladdr() then
 * know it by its file. PT_PHDR is the copy itself, as ld.so computes the bias from it.
 */
static void copy_headers(struct handover *handover, const char *loader)
{
    const struct mapping *program = &handover->program;
    for (size_t i = 0; i < program->count; i++) {
        struct segment *copy = &handover->headers[i];
        *copy = program->headers[i];
        if (copy->type == PT_PHDR) copy->vaddr = (size_t)handover->headers - program->bias;
        if (copy->type == PT_INTERP) copy->vaddr = (size_t)loader - program->bias;
    }
}

/*
 * Hides variables. An empty string has no name, and ld.so sees what follows RELOPACK_ in a variable for it.
 *
 * Each of these strings has room for the caller's, so restore_variables() changes no pointer. An initializer of a
 * library may have moved the pointers by then, or copied them into another list (glibc stdlib/setenv.c).
 */
static void hide_variables(struct handover *handover, struct stack *stack)
{
    handover->count = 0;
    for (long i = 0; i < stack->count; i++) {
        const char *callers = stack->variables[i];
        if (!is_hidden(callers)) continue;
        char *seen = stack->strings.at;
        append(&stack->strings, callers);
        end_string(&stack->strings);
        const char *visible = is_for_packed_loader(callers) ? callers + sizeof RENAMED - 1 : "";
        memcpy(seen, visible, length(visible) + 1);
        handover->changes[handover->count++] = (struct change){seen, callers};
        stack->variables[i] = seen;
    }
}

/* Restores the variables. ld.so before 2.39 has put its own copy in the place of GLIBC_TUNABLES (elf/dl-tunables.c). */
static void restore_variables(const struct handover *handover, const char **variables)
{
    for (const struct change *one = handover->changes; one < handover->changes + handover->count; one++) {
        if (!starts_with(one->callers, RENAMED "GLIBC_TUNABLES=")) continue;
        for (const char **copy = variables; *copy; copy++)
            if (starts_with(*copy, "GLIBC_TUNABLES=")) *copy = one->seen;
    }
    for (const struct change *one = handover->changes; one < handover->changes + handover->count; one++)
        memcpy(one->seen, one->callers, length(one->callers) + 1);
}

/* Starts ld.so as the kernel would (fs/binfmt_elf.c, create_elf_tables), but with another entry of the program. */
__attribute__((noreturn)) static void start_loader(struct handover *handover, struct stack *stack,
                                                   const struct process *process, const char *loader)
{
    copy_headers(handover, loader);
    hide_variables(handover, stack);
    write_auxiliary(stack->auxiliary, AT_PHDR, (long)handover->headers);
    write_auxiliary(stack->auxiliary, AT_PHENT, sizeof(struct segment));
    write_auxiliary(stack->auxiliary, AT_PHNUM, (long)handover->program.count);
    write_auxiliary(stack->auxiliary, AT_BASE, (long)handover->loader.bias);
    write_auxiliary(stack->auxiliary, AT_ENTRY, (long)after_loader);
    set_memory_map(process, stack->auxiliary, &handover->program);
    jump(stack->top, handover->loader.entry);
}

/*
 * The second part: restores all that was for the start of ld.so alone. Called by after_loader. Returns the entry of the
 * program.
 */
__attribute__((used, visibility("hidden"))) size_t finish_start(const long *stack)
{
    struct process process = read_process(stack);
    long *auxiliary = (long *)process.auxiliary;
    const struct handover *handover = (const struct handover *)(auxiliary + process.words);

    write_auxiliary(auxiliary, AT_PHDR, (long)handover->program.headers);
    write_auxiliary(auxiliary, AT_ENTRY, (long)handover->program.entry);
    restore_variables(handover, process.envp);
    set_own_variables(&handover->program, &handover->own);
    set_search_directories(&handover->program, &handover->loader, handover->libraries);
    return handover->program.entry;
}
