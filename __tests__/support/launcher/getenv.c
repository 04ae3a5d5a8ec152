/*
 * Calls getenv() of an edited libc.so.6, and prints a line for each call: a sentence, a tab and the value.
 *
 * The argument `lists` fills the two lists as the launcher does. `threads` counts the variables that getenv() misses
 * while other threads remove others.
 */
#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OWN_VARIABLES 0x6052504b

extern char **environ;

static char *variables[] = {"ONCE=1", "EMPTY=",      "LONG=2",       "LONGER=3",         "X=Y=4", "=Z=5",
                            "ALONE",  "TWICE=first", "TWICE=second", "LOCPATH=/callers", 0};

static const char *const first[] = {"LOCPATH=/tree/locale", "NOTHING=", "LOCPATH=/second", 0};
static const char *const otherwise[] = {"TZDIR=/tree/zones", "ONCE=otherwise", 0};

static int fill_lists(struct dl_phdr_info *object, size_t size, void *found)
{
    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        if (object->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
        const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
        for (; entry->d_tag != DT_NULL; entry++) {
            if (entry->d_tag != OWN_VARIABLES) continue;
            const char *const **lists = (const char *const **)(object->dlpi_addr + entry->d_un.d_val);
            if (lists[0] || lists[1]) exit(3);
            lists[0] = first;
            lists[1] = otherwise;
            ++*(int *)found;
        }
    }
    return 0;
}

static void print(const char *sentence, const char *value)
{
    printf("%s\t%s\n", sentence, value ? value : "(none)");
}

static void print_all(void)
{
    print("finds a variable", getenv("ONCE"));
    print("finds the first of two with one name", getenv("TWICE"));
    print("finds an empty value", getenv("EMPTY"));
    print("does not find a name that is missing", getenv("MISSING"));
    print("does not find the empty name", getenv(""));
    print("does not find a name that begins another one", getenv("LON"));
    print("does not find a name that another one begins", getenv("LONGEST"));
    print("finds a name of which others are the beginning and the end", getenv("LONGER"));
    print("finds a name of one character", getenv("X"));
    print("takes the part before the value for the name, even with an equals sign", getenv("X=Y"));
    print("takes a name that begins with an equals sign", getenv("=Z"));
    print("does not find an entry without an equals sign", getenv("ALONE"));
    print("finds LOCPATH", getenv("LOCPATH"));
    print("finds LOCPATH by secure_getenv", secure_getenv("LOCPATH"));
    print("finds TZDIR", getenv("TZDIR"));
    print("finds a name in the first list with an empty value", getenv("NOTHING"));

    setenv("TZDIR", "/own", 1);
    print("finds TZDIR that setenv added", getenv("TZDIR"));
    setenv("TZDIR", "/other", 1);
    print("finds TZDIR that setenv changed", getenv("TZDIR"));
    unsetenv("TZDIR");
    print("finds TZDIR after unsetenv removed it", getenv("TZDIR"));
    static char put[] = "PUT=by putenv";
    putenv(put);
    print("finds a variable that putenv added", getenv("PUT"));
    setenv("LOCPATH", "/own", 1);
    print("finds LOCPATH that setenv changed", getenv("LOCPATH"));
    clearenv();
    print("finds nothing of the environment after clearenv", getenv("ONCE"));
    print("finds LOCPATH after clearenv", getenv("LOCPATH"));
    environ = 0;
    print("finds nothing if there is no environment", getenv("TWICE"));
}

static int is_done;
static long misses;

enum { ROUNDS = 20000 };

/*
 * Removes eight variables, one after the other, so that the one that is kept moves eight times. Each round has a list
 * of its own, as with setenv(): a thread that waited for a round must not find other variables in the same list.
 */
static void *remove_others(void *unused)
{
    static char *lists[ROUNDS][10];
    char names[8][2];
    for (int round = 0; round < ROUNDS; round++) {
        char **list = lists[round];
        for (int i = 0; i < 8; i++) {
            static char entries[8][4];
            names[i][0] = entries[i][0] = (char)('A' + i);
            names[i][1] = 0;
            entries[i][1] = '=';
            list[i] = entries[i];
        }
        list[8] = "KEPT=value";
        list[9] = 0;
        __atomic_store_n(&environ, list, __ATOMIC_RELEASE);
        for (int i = 0; i < 8; i++) unsetenv(names[i]);
    }
    __atomic_store_n(&is_done, 1, __ATOMIC_RELEASE);
    return unused;
}

static void *look(void *unused)
{
    while (!__atomic_load_n(&is_done, __ATOMIC_ACQUIRE)) {
        const char *value = getenv("KEPT");
        if (!value || strcmp(value, "value")) __atomic_fetch_add(&misses, 1, __ATOMIC_RELAXED);
    }
    return unused;
}

static void run_threads(void)
{
    pthread_t threads[3];
    static char *kept[] = {"KEPT=value", 0};
    environ = kept;
    pthread_create(&threads[0], 0, remove_others, 0);
    for (int i = 1; i < 3; i++) pthread_create(&threads[i], 0, look, 0);
    for (int i = 0; i < 3; i++) pthread_join(threads[i], 0);
    printf("misses\t%ld\n", misses);
}

int main(int argc, char **argv)
{
    int found = 0;
    environ = variables;
    if (argc > 1 && !strcmp(argv[1], "lists")) {
        dl_iterate_phdr(fill_lists, &found);
        if (found != 1) return 2;
    }
    if (argc > 1 && !strcmp(argv[1], "threads")) run_threads();
    else print_all();
    return 0;
}
