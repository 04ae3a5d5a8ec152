/* Paths for dlopen() in a tree whose own path has a '$'. */
#pragma once

#include "next.h"
#include "place.h"

/*
 * ld.so expands $ORIGIN, $LIB and $PLATFORM in the path that dlopen() gets, and knows no way to write a '$' (glibc
 * elf/dl-load.c, expand_dynamic_token). But it does not expand the result. So this library can name the tree by
 * $ORIGIN, the directory of the object that calls dlopen(), if it calls dlopen() itself.
 *
 * Writes such a path, and returns whether that is necessary.
 */
__attribute__((noinline)) static int name_by_origin(char *named, const char *path)
{
    char tree[PATH_MAX];
    const struct object *own = own_object();
    const char *own_path = (const char *)&table + table.own;
    if (!own || !make_plain(tree, own->name) || length(tree) <= length(own_path)) return 0;
    size_t size = length(tree) - length(own_path), used = add(named, 0, "$ORIGIN", 7);
    for (size_t i = 0; i < size; i++)
        if (path[i] != tree[i]) return 0;
    for (; *own_path; own_path++)
        if (*own_path == '/') used = add(named, used, "/..", 3);
    used = add(named, used, "/", 1);
    add(named, used, path + size, length(path + size));
    return 1;
}

static int contains_dollar(const char *path)
{
    while (*path && *path != '$') path++;
    return *path;
}
