/* What the launcher of a tree starts: strings that are appended to the program. */
#pragma once

#include "text.h"

/*
 * Seven strings, each with its NUL: read_settings() reads them. static-launcher.ts appends them to the program, and
 * launcher.ld places the symbol at the end of it.
 */
extern const char appended_settings[] __attribute__((visibility("hidden")));

/*
 * Paths in the tree, and the loader's option that names Python. `locales`, `zones`, `name_option` and `redirect` may be
 * empty.
 */
struct settings {
    const char *loader;
    const char *interpreter;
    const char *libraries;
    const char *locales;
    const char *zones;
    const char *name_option;
    const char *redirect;
};

static struct settings read_settings(void)
{
    struct settings settings;
    settings.loader = appended_settings;
    settings.interpreter = next_string(settings.loader);
    settings.libraries = next_string(settings.interpreter);
    settings.locales = next_string(settings.libraries);
    settings.zones = next_string(settings.locales);
    settings.name_option = next_string(settings.zones);
    settings.redirect = next_string(settings.name_option);
    return settings;
}
