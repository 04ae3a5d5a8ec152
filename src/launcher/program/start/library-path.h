/* Lists of the tree's library directories. */
#pragma once

#include "../settings.h"

enum { SHARED, PRIVATE };

/* Adds a list to a list of the same string, with each directory below the tree. */
static void append_directories(struct buffer *buffer, const char *tree, const char *directories)
{
    char character[] = {0, 0};
    for (const char *at = directories; *at; at++) {
        if (at == directories || at[-1] == ':') append_path(buffer, tree, "");
        character[0] = *at;
        append(buffer, character);
    }
}

/*
 * The directories in which each search ends, and for PRIVATE those that the program searches first. The list is empty
 * if the tree's path has a character that ld.so does not take literally: it splits a list at ':' and ';', and '$'
 * begins $ORIGIN. The RUNPATH of each file is then enough.
 *
 * As --library-path, even an empty list keeps LD_LIBRARY_PATH out.
 */
static char *join_library_path(struct buffer *buffer, const char *tree, const struct settings *settings, int which)
{
    char *path = buffer->at;
    append(buffer, "");
    if (!contains_any(tree, ":;$")) {
        if (which == PRIVATE && *settings->private) {
            append_directories(buffer, tree, settings->private);
            append(buffer, ":");
        }
        append_directories(buffer, tree, settings->libraries);
    }
    end_string(buffer);
    return path;
}
