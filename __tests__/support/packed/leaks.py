"""Starts children while threads set locales and time zones, and prints the variables that only this Python may have.

The argument is the number of children. A child that another thread starts inherits what is in the environment at that
moment, if only for a moment.
"""

import collections
import ctypes
import json
import locale
import multiprocessing
import os
import subprocess
import sys
import threading
import time

# How many of a hundred children are started in each way.
SHARES = {
    'subprocess': 44,
    'os.posix_spawn': 25,
    'os.system': 25,
    'multiprocessing, fork': 4,
    'multiprocessing, spawn': 2,
}


def own_variables(lines):
    """The names of variables that no child may have. The caller of this script has none of them."""
    names = (line.partition('=')[0] for line in lines)
    return [name for name in names if name in ('LOCPATH', 'TZDIR', 'GCONV_PATH') or name.startswith('RELOPACK_')]


def variables_of_process():
    """The variables of this process, as C code sees them. os.environ is a copy of those at the start."""
    pointer = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), 'environ')
    index = 0
    while pointer[index] is not None:
        yield pointer[index].decode('latin-1')
        index += 1


def send_variables(connection):
    connection.send(own_variables(variables_of_process()))


def fork_or_spawn(method):
    context = multiprocessing.get_context(method)
    reader, writer = context.Pipe(False)
    process = context.Process(target=send_variables, args=(writer,))
    process.start()
    found = reader.recv()
    process.join()
    return found


def read_output(start):
    """Calls a function with the descriptor that its child writes to, and reads what the child writes."""
    reader, writer = os.pipe()
    start(writer)
    os.close(writer)
    with open(reader, encoding='latin-1') as lines:
        return own_variables(lines)


def posix_spawn(writer):
    pid = os.posix_spawnp('env', ['env'], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writer, 1)])
    os.waitpid(pid, 0)


def system(writer):
    os.set_inheritable(writer, True)
    os.system(f'env >&{writer}')


WAYS = {
    'subprocess': lambda: own_variables(subprocess.check_output(['env'], universal_newlines=True).splitlines()),
    'os.posix_spawn': lambda: read_output(posix_spawn),
    'os.system': lambda: read_output(system),
    'multiprocessing, fork': lambda: fork_or_spawn('fork'),
    'multiprocessing, spawn': lambda: fork_or_spawn('spawn'),
}


def set_locales(stopped):
    while not stopped.is_set():
        for name in ('C.UTF-8', 'C', ''):
            locale.setlocale(locale.LC_ALL, name)


def set_time_zones(stopped):
    while not stopped.is_set():
        for zone in ('Asia/Tokyo', 'America/New_York'):
            os.environ['TZ'] = zone
            time.tzset()


def main(count):
    stopped = threading.Event()
    threads = [threading.Thread(target=target, args=(stopped,)) for target in (set_locales, set_time_zones)]
    for thread in threads:
        thread.start()
    children, seen = collections.Counter(), collections.Counter()
    for way, share in SHARES.items():
        for _ in range(count * share // 100):
            children[way] += 1
            seen.update(WAYS[way]())
    stopped.set()
    for thread in threads:
        thread.join()
    print(json.dumps({'children': children, 'seen': seen}))


if __name__ == '__main__':
    sys.setswitchinterval(1e-4)
    main(int(sys.argv[1]))
