/* The arguments of ld.so and of Python. */
#pragma once

#include "library-path.h"
#include "settings.h"

/* Writes the arguments of the loader, and returns its path. `vector` has room for eight more than there are now. */
static const char *write_arguments(const char **vector, struct buffer *buffer, const struct settings *settings,
                                   const char *tree, const char *name, const char **argv, long argc)
{
    const char *loader = join_path(buffer, tree, settings->loader);
    *vector++ = loader;
    *vector++ = "--library-path";
    *vector++ = join_library_path(buffer, tree, settings->libraries);
    if (*settings->name_option) {
        *vector++ = settings->name_option;
        *vector++ = name;
    }
    *vector++ = join_path(buffer, tree, settings->interpreter);
    *vector++ = "-s";
    for (long i = 1; i < argc; i++) *vector++ = argv[i];
    *vector = 0;
    return loader;
}
