/*
 * Makes the tree's library directories the system directories of its ld.so.
 *
 * A host's ld.so searches /lib64 after the RUNPATH of an object, for each object and each dlopen. ld.so has no option
 * for that: --library-path and LD_LIBRARY_PATH come before RUNPATH, and DT_RPATH does not count for objects that have a
 * RUNPATH. So this looks for ld.so's list of system directories in its memory, and changes it.
 *
 * glibc keeps it in elf/dl-load.c, as __rtld_search_dirs.dirs: an array of pointers to struct r_search_path_elem
 * (sysdeps/generic/ldsodefs.h). Their beginning is the same in 2.31 to 2.43; it was run with 2.31, 2.36 and 2.43.
 * Nothing is changed unless each step finds exactly what these versions have.
 */
#pragma once

#include "../text.h"
#include "memory.h"

enum { MAX_DIRECTORIES = 8 };

/* The beginning of struct r_search_path_elem. */
struct directory {
    struct directory *next;   /* in the list of all directories, from the newest to the oldest */
    const char *what, *where; /* for LD_DEBUG */
    const char *name;         /* ends with '/'; no NUL need follow */
    size_t length;
};

/* Whether this is a system directory: only these have that description (elf/dl-load.c, _dl_init_paths). */
static int is_system_directory(const struct directory *directory)
{
    return ((size_t)directory & 7) == 0 && is_readable(directory) && is_readable(&directory->what) &&
           is_readable(directory->what) && is_equal(directory->what, "system search path");
}

/*
 * Finds the list. The directories in it are allocated in one piece, and each leads to the next. So two neighboring
 * words are pointers that are less than a kilobyte apart: few other words look like that.
 */
static struct directory **find_list(const struct memory *memory)
{
    for (size_t i = 0; i < memory->count; i++) {
        for (size_t *at = memory->start[i]; at + 2 <= memory->end[i]; at++) {
            const struct directory *first = (const struct directory *)at[0];
            size_t distance = at[1] - at[0];
            if (distance < sizeof *first || distance > 1024 || !is_system_directory(first)) continue;
            if ((size_t)first->next == at[1]) return (struct directory **)at;
        }
    }
    return 0;
}

/* Finds the directory with this path among all that ld.so knows. */
static struct directory *find_directory(const struct memory *memory, const char *path, size_t size)
{
    for (size_t i = 0; i < memory->count; i++) {
        for (size_t *at = memory->start[i]; at + sizeof(struct directory) / sizeof *at <= memory->end[i]; at++) {
            struct directory *directory = (struct directory *)at;
            if (directory->length != size + 1) continue;
            if (!is_readable(directory->what) || !is_readable(directory->name)) continue;
            size_t equal = 0;
            while (equal < size && directory->name[equal] == path[equal]) equal++;
            if (equal == size) return directory;
        }
    }
    return 0;
}

/* Returns whether the list was found and changed. It has no room for more directories than ld.so had itself. */
static int change_list(const struct memory *memory, const char *paths)
{
    struct directory **list = find_list(memory), *found[MAX_DIRECTORIES];
    size_t room = 0, count = 0;
    if (!list) return 0;
    while (room < MAX_DIRECTORIES && list[room]) room++;
    while (*paths && count < room) {
        size_t size = 0;
        while (paths[size] && paths[size] != ':') size++;
        found[count] = find_directory(memory, paths, size);
        if (!found[count++]) return 0;
        paths += size + (paths[size] == ':');
    }
    for (size_t i = 0; i < count; i++)
        if (!write_word((size_t *)&list[i], (size_t)found[i])) return 0;
    return count == room || write_word((size_t *)&list[count], 0);
}

/*
 * Replaces the system directories by those of the program's DT_RPATH, which ld.so has read by now. So it has allocated
 * them itself, and knows the length of the longest.
 */
static void set_search_directories(const struct mapping *program, const struct mapping *loader, const char *paths)
{
    struct memory memory = find_memory(program, loader);
    if (change_list(&memory, paths)) return;
    widen(&memory, loader->page);
    change_list(&memory, paths);
}
