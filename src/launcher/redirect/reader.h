/* The definition of a function that reads by a path. */
#pragma once

#include "next.h"
#include "place.h"

/*
 * Defines a function of libc with an argument `path`. `directory` is the descriptor that the path is relative to, and
 * `is_reading` tells whether the arguments only read.
 *
 * A path that is not listed is left to libc's function by a jump (-foptimize-sibling-calls). So libc sees its true
 * caller: dlopen() searches in the RUNPATH of the object that called it.
 */
#define READER(type, name, parameters, arguments, directory, is_reading)                                               \
    static size_t next_##name;                                                                                         \
    __attribute__((noinline)) static type listed_##name parameters                                                     \
    {                                                                                                                  \
        struct room room;                                                                                              \
        path = choose_place(&room, directory, path);                                                                   \
        return ((type(*) parameters)find_next(&next_##name, #name))arguments;                                          \
    }                                                                                                                  \
    __attribute__((visibility("default"))) type name parameters                                                        \
    {                                                                                                                  \
        if ((is_reading) && is_listed(directory, path)) return listed_##name arguments;                                \
        return ((type(*) parameters)find_next(&next_##name, #name))arguments;                                          \
    }
