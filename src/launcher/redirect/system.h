/* What this library needs of libc and of ld.so. It has no header of them, so that one build serves all their versions.
 */
#pragma once

typedef unsigned long size_t;

enum { PATH_MAX = 4096, AT_FDCWD = -100 };
enum { ENOENT = 2, ENOTDIR = 20, ENOSYS = 38 };
enum { O_ACCMODE = 3, O_CREAT = 0100, O_TRUNC = 01000, W_OK = 2 };

#if defined(__x86_64__)
enum { GETCWD = 79, FACCESSAT = 269 };
#elif defined(__aarch64__)
enum { GETCWD = 17, FACCESSAT = 48 };
#endif

extern int *__errno_location(void);
extern long syscall(long number, ...);

/* The beginning of struct link_map and of struct r_debug (<link.h>). Every version of ld.so has them. */
struct dynamic {
    size_t tag, value;
};
struct object {
    size_t bias;
    const char *name;
    const struct dynamic *dynamic;
    struct object *next, *previous;
};
extern struct {
    int version;
    struct object *first;
} _r_debug;
extern const struct dynamic _DYNAMIC[] __attribute__((visibility("hidden")));

static size_t length(const char *string)
{
    size_t count = 0;
    while (string[count]) count++;
    return count;
}

static int is_equal(const char *one, const char *other)
{
    while (*one && *one == *other) one++, other++;
    return *one == *other;
}

/* This library in ld.so's list of objects. It was there at the start of the process, so the list is stable up to it. */
static const struct object *own_object(void)
{
    const struct object *object = _r_debug.first;
    while (object && object->dynamic != _DYNAMIC) object = object->next;
    return object;
}
