/* The DT_NEEDED of a program that is mapped and not yet seen by ld.so. */
#pragma once

#include "../text.h"
#include "mapping.h"

/* The entries that a program has room for in its dynamic section. */
static size_t count_entries(const struct mapping *program)
{
    for (size_t i = 0; i < program->count; i++)
        if (program->headers[i].type == PT_DYNAMIC) return program->headers[i].memsz / sizeof(struct dynamic);
    return 0;
}

/*
 * Lets a program need one more library, before all others: so its functions come before those of libc. `library` is a
 * path, or a name without '/' that ld.so searches for.
 *
 * The DT_NULL at the end becomes the last DT_NEEDED, and each library moves on to the next DT_NEEDED. No other entry
 * moves, as gdb reads DT_DEBUG at its place in the file. That needs a second DT_NULL, which becomes the end: GNU ld and
 * gold leave some (--spare-dynamic-tags), and plan/added/redirect.ts checks it. The value of DT_NEEDED is an offset
 * that ld.so only adds to the address of the string table.
 *
 * A program that needs no library stays as it is: it calls no libc, which the library would miss.
 */
static void need_first(const struct mapping *program, const char *library)
{
    struct dynamic *entries = program->dynamic;
    size_t count = entries ? count_entries(program) : 0, end = 0, strings = 0, needed = 0;
    while (end < count && entries[end].tag != DT_NULL) {
        if (entries[end].tag == DT_STRTAB) strings = entries[end].value;
        needed += entries[end].tag == DT_NEEDED;
        end++;
    }
    if (!strings || !needed || end + 1 >= count || entries[end + 1].tag != DT_NULL) return;
    size_t moved = (size_t)library - (program->bias + strings);
    for (size_t i = 0; i < end; i++) {
        size_t value = entries[i].value;
        if (entries[i].tag != DT_NEEDED) continue;
        entries[i].value = moved;
        moved = value;
    }
    entries[end] = (struct dynamic){DT_NEEDED, moved};
}
