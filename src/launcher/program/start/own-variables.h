/*
 * Variables that libc reads and that no child process sees: libc's getenv() finds them in two lists beside the
 * environment (src/elf/isolate/program/getenv.c).
 */
#pragma once

#include "../map/memory.h"
#include "../place/path.h"
#include "../settings.h"

/* The entry of libc's dynamic section with the address of the two pointers (src/elf/isolate/getenv.ts). */
enum { DT_OWN_VARIABLES = 0x6052504b };

/* Both lists end with NULL. */
struct own_variables {
    const char *first[3];     /* replace the caller's */
    const char *otherwise[2]; /* count if the caller has none */
};

/*
 * The locales and modules of iconv that the caller's LOCPATH and GCONV_PATH name belong to another glibc. So LOCPATH is
 * the tree's, which cannot be named if its path has a ':', and GCONV_PATH is a place without modules. The time zones
 * are the machine's, if it has any.
 */
static struct own_variables make_own_variables(struct buffer *strings, const char *tree,
                                               const struct settings *settings)
{
    struct own_variables own = {{0}, {0}};
    own.first[0] = "LOCPATH=";
    own.first[1] = "GCONV_PATH=/dev/null";
    if (*settings->locales && !contains_any(tree, ":"))
        own.first[0] = join_variable(strings, "LOCPATH=", tree, settings->locales);
    if (*settings->zones && is_missing("/usr/share/zoneinfo"))
        own.otherwise[0] = join_variable(strings, "TZDIR=", tree, settings->zones);
    return own;
}

/* Gives libc the two lists. It is the object with our entry in its dynamic section. */
static void set_own_variables(const struct mapping *program, const struct own_variables *own)
{
    for (const struct object *object = first_object(program); object; object = object->next) {
        for (const struct dynamic *one = object->dynamic; one && one->tag != DT_NULL; one++) {
            if (one->tag != DT_OWN_VARIABLES) continue;
            const char *const **lists = (const char *const **)(object->bias + one->value);
            __atomic_store_n(&lists[0], own->first, __ATOMIC_RELEASE);
            __atomic_store_n(&lists[1], own->otherwise, __ATOMIC_RELEASE);
        }
    }
}
