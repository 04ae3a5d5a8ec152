/*
 * getenv() of a packed libc.so.6. It is written over libc's own: see getenv.ts.
 *
 * It knows two lists of variables beside the environment: those in `first` replace the caller's, and those in
 * `otherwise` count if the caller has none. So libc finds locales and time zones of the tree, and no child process sees
 * a variable. The launcher fills the lists (launcher/program/start/own-variables.h). Until then, and in a process that
 * another program started, they are NULL, and this function finds what libc's own finds.
 *
 * glibc since 2.41 promises that getenv() finds a variable while other threads remove others (stdlib/getenv.c). They
 * move each following variable to the place before it (stdlib/setenv.c, unsetenv). libc's own function counts these
 * moves, but the counter is not exported. This one reads a list to its end, and then back to its beginning. On the way
 * back it cannot miss a variable: if one is gone from its place, it was stored in the place before, which is read next.
 *
 * setenv() may replace the list. Before 2.41 it frees the old one, so the function looks whether the list is still the
 * same before it uses a pointer that it read from it. libc has the same moment of risk then, and nobody may call both
 * at a time. clearenv() replaces pointers by NULL. Each pointer is read once, and acquire is for the order of these
 * reads.
 *
 * secure_getenv() calls this function, or does not if the process has AT_SECURE. The launcher fills no lists there.
 *
 * The function calls none, writes nothing, and does not use the stack. So libc's text is never written when it runs,
 * and its description for debuggers is that of a function without a frame.
 */
typedef unsigned long size_t;
typedef const char *const *list;

/*
 * getenv.ts replaces these numbers by the distance from the byte behind the number: to the two lists, and to the
 * pointer of libc's global offset table that leads to __environ.
 */
#define TO_LISTS "0x11111111"
#define TO_ENVIRON "0x22222222"

#if defined(__x86_64__)
#define READ_LISTS(result) __asm__ volatile("lea " TO_LISTS "(%%rip), %0" : "=r"(result))
#define READ_ENVIRON(result) __asm__ volatile("mov " TO_ENVIRON "(%%rip), %0" : "=r"(result))
#elif defined(__aarch64__)
#define READ_DISTANCE(result, label)                                                                                   \
    __asm__("adr %0, " label " + 4\n\tldursw x16, [%0, #-4]\n\tadd %0, %0, x16" : "=r"(result) : : "x16")
#define READ_LISTS(result) READ_DISTANCE(result, "to_lists")
#define READ_ENVIRON(result)                                                                                           \
    do {                                                                                                               \
        READ_DISTANCE(result, "to_environ");                                                                           \
        result = *(const list *const *)result;                                                                         \
    } while (0)
__asm__(".section .text.numbers, \"ax\"\n"
        "to_lists: .long " TO_LISTS "\n"
        "to_environ: .long " TO_ENVIRON "\n"
        ".text");
#endif

const char *getenv(const char *name)
{
    const list *from, *lists; /* `first`, then the environment, then `otherwise` */
    READ_LISTS(from);
    for (;;) {
    again:;
        list start = __atomic_load_n(from, __ATOMIC_RELAXED);
        long step = 1;
        for (list at = start; start && at >= start; at += step) {
            const char *entry = __atomic_load_n(at, __ATOMIC_ACQUIRE);
            size_t i = 0;
            if (__atomic_load_n(from, __ATOMIC_RELAXED) != start) goto again;
            if (!entry) {
                step = -1;
                continue;
            }
            while (name[i] && name[i] == entry[i]) i++;
            if (i && !name[i] && entry[i] == '=') return &entry[i + 1];
        }
        READ_LISTS(lists);
        if (from == lists) READ_ENVIRON(from);
        else if (from != lists + 1) from = lists + 1;
        else return 0;
    }
}
