/*
 * getenv() of a packed libc.so.6. It is written over libc's own: see getenv.ts.
 *
 * It knows two lists of variables beside the environment: those in `first` replace the caller's, and those in
 * `otherwise` count if the caller has none. So libc finds locales and time zones of the tree, and no child process sees
 * a variable. The launcher fills the lists (launcher/program/start/own-variables.h). Until then, and in a process that
 * another program started, they are NULL, and this function finds what libc's own finds.
 *
 * glibc since 2.41 promises that getenv() finds a variable while other threads remove others (stdlib/getenv.c). They
 * move each following variable to the place before (stdlib/setenv.c, unsetenv). libc's own function counts these moves,
 * and the counter is not exported. This one reads a place again after the next one: if a variable came there meanwhile,
 * it begins again. It could be deceived only if two variables are removed, and one of them is added again, between two
 * reads. As in libc, each list is read from its beginning, and each pointer is used as it was read once: clearenv()
 * replaces them by NULL. Before 2.41, glibc frees the list that setenv() replaces, and nobody may call both at a time.
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
#define READ_LISTS(result) __asm__("lea " TO_LISTS "(%%rip), %0" : "=r"(result))
#define READ_ENVIRON(result) __asm__("mov " TO_ENVIRON "(%%rip), %0" : "=r"(result))
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
    const list *from, *next, *last; /* first, the environment, otherwise */
    READ_LISTS(from);
    READ_ENVIRON(next);
    last = from + 1;

    for (; from; from = next, next = last, last = 0) {
    again:;
        list at = __atomic_load_n(from, __ATOMIC_RELAXED);
        const char *entry = at ? __atomic_load_n(at, __ATOMIC_ACQUIRE) : 0;
        while (entry) {
            size_t i = 0;
            while (name[i] && name[i] == entry[i]) i++;
            if (i && !name[i] && entry[i] == '=') return &entry[i + 1];
            const char *following = __atomic_load_n(at + 1, __ATOMIC_ACQUIRE);
            if (__atomic_load_n(at, __ATOMIC_RELAXED) != entry) goto again;
            entry = following;
            at++;
        }
    }
    return 0;
}
