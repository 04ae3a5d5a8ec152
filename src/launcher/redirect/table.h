/* The table of paths, which is appended to this library: src/launcher/redirect-library.ts writes it. */
#pragma once

#include "system.h"

/*
 * The offsets count from the beginning of the table. At `own` is the path of this library in the tree. Each row is a
 * list of strings that an empty string ends: a path of the machine, and then the places to read it from, in their
 * order. A place is a path in the tree, a path of the machine if it begins with '/', or "." for the path itself. The
 * rows are sorted by the bytes of their paths.
 */
struct table {
    unsigned count, own, rows[];
};

/* An empty table, which the real one replaces. It is not written in C, as the compiler would rely on what it contains.
 */
__asm__(".pushsection .table, \"a\"\n"
        ".balign 8\n"
        ".globl table\n"
        ".hidden table\n"
        "table: .long 0, 0\n"
        ".popsection\n");
extern const struct table table __attribute__((visibility("hidden")));

/* A row, and what follows its path in the path that was asked for: nothing, or '/' and more. */
struct match {
    const char *places, *rest;
};

/* Compares a string with the first `size` bytes of another one. */
static int compare(const char *string, const char *other, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int difference = (unsigned char)string[i] - (unsigned char)other[i];
        if (difference) return difference;
    }
    return string[size] ? 1 : 0;
}

/* Finds the places of a path of this length. Returns 0 if it has no row. */
static const char *find_places(const char *path, size_t size)
{
    for (unsigned low = 0, high = table.count; low < high;) {
        unsigned middle = low + (high - low) / 2;
        const char *row = (const char *)&table + table.rows[middle];
        int difference = compare(row, path, size);
        if (difference == 0) return row + size + 1;
        if (difference < 0) low = middle + 1;
        else high = middle;
    }
    return 0;
}

/* Finds the row of a path without '.', '..' and doubled slashes, or of the longest directory above it. */
static int find_row(struct match *match, const char *path)
{
    for (size_t size = length(path); size > 1; size--) {
        if (path[size] && path[size] != '/') continue;
        match->rest = path + size;
        match->places = find_places(path, size);
        if (match->places) return 1;
    }
    return 0;
}
