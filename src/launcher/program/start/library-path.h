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

/* What ld.so does not take literally: it splits a list at ':' and --library-path at ';' too, and '$' begins $ORIGIN. */
#define SPECIAL_IN_RPATH ":$"
#define SPECIAL_IN_OPTION ":;$"

/*
 * Joins the directories in which each search ends, and for PRIVATE first those that the program searches first. The
 * list is empty if the tree's path has a special character. The RUNPATH of each file is then enough. --library-path
 * without a value still keeps LD_LIBRARY_PATH out.
 */
static char *join_library_path(struct buffer *buffer, const char *tree, const struct settings *settings, int which,
                               const char *special)
{
    char *path = buffer->at;
    append(buffer, "");
    if (!contains_any(tree, special)) {
        if (which == PRIVATE && *settings->private) {
            append_directories(buffer, tree, settings->private);
            append(buffer, ":");
        }
        append_directories(buffer, tree, settings->libraries);
    }
    end_string(buffer);
    return path;
}
