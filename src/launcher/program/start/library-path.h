/* The library directories of the tree, as a list for ld.so. */
#pragma once

#include "../text.h"

/* What ld.so does not take literally: it splits a list at ':' and --library-path at ';' too, and '$' begins $ORIGIN. */
#define SPECIAL_IN_RPATH ":$"
#define SPECIAL_IN_OPTION ":;$"

/*
 * Joins the library directories, each below the tree. The list is empty if the tree's path has a special character. The
 * RUNPATH of each file is then enough. --library-path without a value still keeps LD_LIBRARY_PATH out.
 */
static char *join_library_path(struct buffer *buffer, const char *tree, const char *libraries, const char *special)
{
    char *path = buffer->at, character[] = {0, 0};
    append(buffer, "");
    if (!contains_any(tree, special)) {
        for (const char *at = libraries; *at; at++) {
            if (at == libraries || at[-1] == ':') append_path(buffer, tree, "");
            character[0] = *at;
            append(buffer, character);
        }
    }
    end_string(buffer);
    return path;
}
