/* The memory in which ld.so keeps what it allocated first. */
#pragma once

#include "mapping.h"

enum { MAX_AREAS = 32, MAX_PAGES_AROUND = 64 };

/* What <link.h> tells debuggers: struct link_map and struct r_debug. */
struct object {
    size_t bias;
    const char *name;
    struct dynamic *dynamic;
    struct object *next, *previous;
};
struct rendezvous {
    int version;
    struct object *first;
};

/* The first object in the list of ld.so. DT_DEBUG leads to it. */
static const struct object *first_object(const struct mapping *program)
{
    const struct rendezvous *rendezvous = 0;
    for (struct dynamic *one = program->dynamic; one && one->tag != DT_NULL; one++)
        if (one->tag == DT_DEBUG) rendezvous = (const struct rendezvous *)one->value;
    return rendezvous ? rendezvous->first : 0;
}

/* Areas of words that can all be read. */
struct memory {
    size_t count, *start[MAX_AREAS], *end[MAX_AREAS];
};

/*
 * Whether the word at this address can be read. The kernel reads the new mask of signals before it sees that there is
 * no such operation (kernel/signal.c, rt_sigprocmask).
 */
static int is_readable(const void *at)
{
    return (size_t)at > 65535 && call(RT_SIGPROCMASK, -1, (long)((size_t)at & -8UL), 0, 8) == -EINVAL;
}

/*
 * Writes a word. Returns 0 if this memory cannot be written. The kernel tells: it first writes the mask of signals
 * there, which stays as it is.
 */
static int write_word(size_t *at, size_t word)
{
    if (call(RT_SIGPROCMASK, 0, 0, (long)at, 8) < 0) return 0;
    *at = word;
    return 1;
}

static void add_area(struct memory *memory, size_t start, size_t end)
{
    for (size_t i = 0; i < memory->count; i++)
        if ((size_t)memory->start[i] <= start && end <= (size_t)memory->end[i]) return;
    if (memory->count == MAX_AREAS) return;
    memory->start[memory->count] = (size_t *)start;
    memory->end[memory->count++] = (size_t *)end;
}

/*
 * Finds the memory. ld.so allocates behind its own data to the end of that page, and then whole pages (glibc
 * elf/dl-minimal-malloc.c, before 2.35 elf/dl-minimal.c). Those contain the descriptions of the first objects too, and
 * DT_DEBUG leads to them.
 */
static struct memory find_memory(const struct mapping *program, const struct mapping *loader)
{
    struct memory memory = {.count = 0};
    size_t page = loader->page;

    add_area(&memory, (loader->data_end + 7) & -8UL, loader->end);
    for (const struct object *object = first_object(program); object && memory.count < MAX_AREAS;
         object = object->next) {
        size_t start = (size_t)object & -page, end = ((size_t)(object + 1) + page - 1) & -page;
        if (start < loader->start || start >= loader->end) add_area(&memory, start, end);
    }
    return memory;
}

/* Adds the pages around each area, if there are any: an allocation that exceeds the rest of a page gets new ones. */
static void widen(struct memory *memory, size_t page)
{
    for (size_t i = 0; i < memory->count; i++) {
        char *start = (char *)((size_t)memory->start[i] & -page), *end = (char *)memory->end[i];
        for (int pages = 0; pages < MAX_PAGES_AROUND && is_readable(end); pages++) end += page;
        for (int pages = 0; pages < MAX_PAGES_AROUND && is_readable(start - page); pages++) start -= page;
        memory->start[i] = (size_t *)start;
        memory->end[i] = (size_t *)end;
    }
}
