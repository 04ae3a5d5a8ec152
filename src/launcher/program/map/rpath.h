/* The DT_RPATH of a program that is mapped and not yet seen by ld.so. */
#pragma once

#include "../text.h"
#include "mapping.h"

/*
 * Replaces the search path of the program by absolute directories, with ':' between them. As DT_RPATH it counts for
 * each object that has no RUNPATH of its own (glibc elf/dl-load.c, _dl_map_object). The program's own path begins with
 * $ORIGIN, for which ld.so needs /proc.
 *
 * The value is an offset that ld.so only adds to the address of the string table. So the string may be anywhere.
 *
 * There are no `directories` if ld.so would not take them literally (start/library-path.h). Then the program's own path
 * counts for those objects: ld.so does not look at the result of $ORIGIN again.
 */
static void set_rpath(const struct mapping *program, const char *directories)
{
    struct dynamic *strings = 0, *path = 0;
    if (!program->dynamic) return;
    for (struct dynamic *one = program->dynamic; one->tag != DT_NULL; one++) {
        if (one->tag == DT_STRTAB) strings = one;
        if (one->tag == DT_RPATH || one->tag == DT_RUNPATH) path = one;
    }
    if (!strings || !path) return;
    /* The value of DT_STRTAB is still the address in the file. */
    path->tag = DT_RPATH;
    if (*directories) path->value = (size_t)directories - (program->bias + strings->value);
}
