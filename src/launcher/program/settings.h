/* What the launcher of a tree starts: strings that are appended to the program. */
#pragma once

#include "text.h"

/*
 * Nine strings, each with its NUL: read_settings() reads them. static-launcher.ts appends them to the program, and
 * launcher.ld places the symbol at the end of it.
 */
extern const char appended_settings[] __attribute__((visibility("hidden")));

/* Paths in the tree, and the loader's option that names a program. Only the first three are never empty. */
struct settings {
    const char *loader;
    const char *program;
    const char *libraries; /* in which each search for a library ends */
    const char *locales;
    const char *zones;
    const char *name_option;
    const char *redirect;
    const char *place;   /* of this launcher, if it starts a program that is not Python */
    const char *private; /* directories that this program searches first */
};

static struct settings read_settings(void)
{
    struct settings settings;
    settings.loader = appended_settings;
    settings.program = next_string(settings.loader);
    settings.libraries = next_string(settings.program);
    settings.locales = next_string(settings.libraries);
    settings.zones = next_string(settings.locales);
    settings.name_option = next_string(settings.zones);
    settings.redirect = next_string(settings.name_option);
    settings.place = next_string(settings.redirect);
    settings.private = next_string(settings.place);
    return settings;
}

static size_t size_of_settings(const struct settings *settings)
{
    return (size_t)(next_string(settings->private) - settings->loader);
}

/* Whether the launcher starts Python, which finds itself by its name and has start-up code. */
static int is_for_python(const struct settings *settings)
{
    return !*settings->place;
}
