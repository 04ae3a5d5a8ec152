/* Keeps LD_LIBRARY_PATH out: ld.so ignores it if it gets --library-path. */
#pragma once

#include "../text.h"

/*
 * The value of --library-path: the library directories, each below the tree. It is empty if the tree's path has a
 * character that ld.so does not take literally: it splits the value at ':' and ';', and '$' begins $ORIGIN. The RUNPATH
 * of each file is then enough.
 */
static char *join_library_path(struct buffer *buffer, const char *tree, const char *libraries)
{
    char *path = buffer->at, character[] = {0, 0};
    append(buffer, "");
    if (!contains_any(tree, ":;$")) {
        for (const char *at = libraries; *at; at++) {
            if (at == libraries || at[-1] == ':') append_path(buffer, tree, "");
            character[0] = *at;
            append(buffer, character);
        }
    }
    end_string(buffer);
    return path;
}
