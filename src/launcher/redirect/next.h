/*
 * The definition of a function that this library hides: the next one in ld.so's order, as dlsym(RTLD_NEXT) finds it.
 *
 * dlsym() itself takes a lock, may allocate memory, and is in libdl before glibc 2.34. This only reads, so a signal
 * handler or a child of vfork() can call it, and a constructor that runs before all others.
 */
#pragma once

#include "system.h"

enum { DT_STRTAB = 5, DT_SYMTAB = 6, DT_GNU_HASH = 0x6ffffef5, DT_VERSYM = 0x6ffffff0, NOT_DEFAULT = 0x8000 };

struct symbol {
    unsigned name;
    unsigned char info, other;
    unsigned short section;
    size_t value, size;
};

typedef void function(void);

/* The address in an entry of an object's dynamic section. ld.so adds the bias to it, except in a read-only section. */
static const void *address_of(const struct object *object, size_t tag)
{
    for (const struct dynamic *one = object->dynamic; one->tag; one++)
        if (one->tag == tag) return (const void *)(one->value < object->bias ? one->value + object->bias : one->value);
    return 0;
}

static unsigned hash_of(const char *name)
{
    unsigned hash = 5381;
    for (; *name; name++) hash = hash * 33 + (unsigned char)*name;
    return hash;
}

/*
 * Finds the address of a function in one object, by DT_GNU_HASH (glibc elf/dl-lookup.c, do_lookup_x). Of several
 * versions that is the default, which the linker would take. Returns 0 if the object does not define it.
 */
static size_t find_in_object(const struct object *object, const char *name, unsigned hash)
{
    const unsigned *table = address_of(object, DT_GNU_HASH);
    const struct symbol *symbols = address_of(object, DT_SYMTAB);
    const char *strings = address_of(object, DT_STRTAB);
    const unsigned short *versions = address_of(object, DT_VERSYM);
    if (!table || !symbols || !strings || table[0] == 0) return 0;
    const unsigned *buckets = (const unsigned *)((const size_t *)(table + 4) + table[2]);
    const unsigned *chain = buckets + table[0] - table[1];
    size_t found = 0;
    for (unsigned at = buckets[hash % table[0]]; at >= table[1]; at++) {
        const struct symbol *one = &symbols[at];
        int is_default = !versions || !(versions[at] & NOT_DEFAULT);
        if ((chain[at] | 1) == (hash | 1) && one->section && (is_default || !found) &&
            is_equal(strings + one->name, name)) {
            found = object->bias + one->value;
            if (is_default) break;
        }
        if (chain[at] & 1) break;
    }
    return found;
}

/* In the place of a function that this libc does not have, such as stat() before glibc 2.33. */
static long not_here(void)
{
    *__errno_location() = ENOSYS;
    return -1;
}

/*
 * Finds the next definition, and remembers it in `place`. All threads write the same value. The definition is in an
 * object of the start, so it comes before all objects that other threads may load or close meanwhile.
 */
static function *find_next(size_t *place, const char *name)
{
    size_t found = __atomic_load_n(place, __ATOMIC_RELAXED);
    if (found) return (function *)found;
    const struct object *object = own_object();
    unsigned hash = hash_of(name);
    while (!found && object && (object = object->next)) found = find_in_object(object, name, hash);
    if (!found) found = (size_t)not_here;
    __atomic_store_n(place, found, __ATOMIC_RELAXED);
    return (function *)found;
}
