/* The pyvenv.cfg of a virtual environment. */
#pragma once

#include "path.h"

/*
 * Reads the pyvenv.cfg of the virtual environment that a program of this name is in. Python looks for it beside the
 * program, then one directory above. Returns its size, or an error below zero if there is none.
 */
static long read_venv(const char *name, char *bytes, size_t size)
{
    char folder[PATH_MAX], memory[2 * PATH_MAX];
    long count = -1;
    resolve(folder, name, KEEP);
    for (int up = 0; up < 2 && count < 0; up++) {
        struct buffer buffer = {memory, memory + sizeof memory};
        cut_last_part(folder);
        count = read_start(join_path(&buffer, folder, "pyvenv.cfg"), bytes, size);
    }
    return count;
}

/* Finds the value of `home = …` in a pyvenv.cfg, and ends it with NUL. Returns 0 if there is none. */
static char *find_home(char *at, char *end)
{
    while (at < end) {
        char *line = at, *value = 0;
        while (at < end && *at != '\n') {
            if (*at == '=' && !value) value = at + 1;
            at++;
        }
        while (*line == ' ' || *line == '\t') line++;
        if (value && starts_with(line, "home") && (line[4] == ' ' || line[4] == '\t' || line[4] == '=')) {
            while (value < at && (*value == ' ' || *value == '\t')) value++;
            while (at > value && (at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\r')) at--;
            *at = 0;
            return value;
        }
        at++;
    }
    return 0;
}
