/* What the launcher does in two parts: before ld.so starts, and when ld.so is done. */
#pragma once

#include "../map/memory-map.h"
#include "../map/search-directories.h"
#include "own-variables.h"
#include "stack.h"

/* A variable that is changed until Python begins: its place, and what the caller wrote. */
struct change {
    long index;
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

/* Whether ld.so, and libc until Python begins, must not see a variable. */
static int is_hidden(const char *variable)
{
    return is_for_loader(variable) || is_for_libc(variable);
}

/* The bytes of a handover for this process. */
static size_t size_of_handover(const struct process *process)
{
    size_t changes = 0;
    for (long i = 0; i < process->envc; i++)
        changes += is_hidden(process->envp[i]) || is_for_packed_loader(process->envp[i]);
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

/* Hides variables. An empty string has no name, and ld.so sees what follows RELOPACK_ in a variable for it. */
static void hide_variables(struct handover *handover, struct stack *stack)
{
    handover->count = 0;
    for (long i = 0; i < stack->count; i++) {
        const char *callers = stack->variables[i];
        int is_for_packed = is_for_packed_loader(callers);
        if (!is_for_packed && !is_hidden(callers)) continue;
        handover->changes[handover->count++] = (struct change){i, callers};
        stack->variables[i] = is_for_packed ? callers + sizeof RENAMED - 1 : "";
    }
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

/* The second part: restores all that was for the start of ld.so alone. Called by after_loader. Returns the entry of the
 * program. */
__attribute__((used, visibility("hidden"))) size_t finish_start(const long *stack)
{
    struct process process = read_process(stack);
    long *auxiliary = (long *)process.auxiliary;
    const struct handover *handover = (const struct handover *)(auxiliary + process.words);

    write_auxiliary(auxiliary, AT_PHDR, (long)handover->program.headers);
    write_auxiliary(auxiliary, AT_ENTRY, (long)handover->program.entry);
    for (long i = 0; i < handover->count; i++) process.envp[handover->changes[i].index] = handover->changes[i].callers;
    set_own_variables(&handover->program, &handover->own);
    set_search_directories(&handover->program, &handover->loader, handover->libraries);
    return handover->program.entry;
}
