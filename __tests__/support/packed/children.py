"""Starts a child in the way that the argument names, and prints the child's `report` as JSON."""

import asyncio
import concurrent.futures
import json
import multiprocessing
import os
import subprocess
import sys

REPORT = [os.path.abspath(__file__), 'report']


def name_of(comm):
    """The name of a process. A kernel before 6.14 names a program that was executed by a descriptor by its number."""
    return 'python3' if comm.strip().isdigit() else comm.strip()


def report(_=None):
    with open('/proc/self/comm') as comm, open('/proc/self/maps') as maps:
        paths = {
            line.rstrip('\n').split(None, 5)[5] for line in maps if '/' in line and ('.so' in line or 'r-xp' in line)
        }
        environ = subprocess.run(['cat', '/proc/self/environ'], stdout=subprocess.PIPE, check=True).stdout
        return {
            'executable': sys.executable,
            'prefix': sys.prefix,
            'comm': name_of(comm.read()),
            'environ': sorted(environ.decode('latin-1').split('\0')[:-1]),
            'outside': sorted(path for path in paths if not path.startswith(os.path.realpath(sys.prefix) + '/')),
        }


def pool(method):
    with multiprocessing.get_context(method).Pool(2) as workers:
        return json.dumps(workers.map(report, [None])[0])


def executor():
    context = multiprocessing.get_context('forkserver')
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as workers:
        return json.dumps(workers.submit(report).result())


def interpreter():
    with concurrent.futures.InterpreterPoolExecutor(2) as workers:
        return json.dumps(workers.submit(report).result())


def descriptor(flags):
    fd = os.open(sys.executable, os.O_RDONLY)
    os.set_inheritable(fd, flags == 'inherited')
    os.execve(fd, ['python3', *REPORT], os.environ)


async def coroutine():
    process = await asyncio.create_subprocess_exec(sys.executable, *REPORT, stdout=subprocess.PIPE)
    return (await process.communicate())[0].decode()


def wait(pid):
    os.waitpid(pid, 0)
    return ''


def output(program, **options):
    return subprocess.run([program, *REPORT], stdout=subprocess.PIPE, check=True, text=True, **options).stdout


WAYS = {
    'report': lambda: json.dumps(report()),
    'subprocess': lambda: output(sys.executable),
    'subprocess, executable and another argv[0]': lambda: output('anything', executable=sys.executable),
    'subprocess, a shell': lambda: (
        subprocess.run(f'"{sys.executable}" "{REPORT[0]}" report', shell=True, check=True) and ''
    ),
    'os.execv': lambda: os.execv(sys.executable, ['python3', *REPORT]),
    'os.execve of an inherited descriptor': lambda: descriptor('inherited'),
    'os.execve of a descriptor that is closed': lambda: descriptor('closed'),
    'os.posix_spawn': lambda: wait(os.posix_spawn(sys.executable, ['python3', *REPORT], os.environ)),
    'os.spawnv': lambda: str(os.spawnv(os.P_WAIT, sys.executable, ['python3', *REPORT]) or ''),
    'asyncio': lambda: asyncio.run(coroutine()),
    'multiprocessing, fork': lambda: pool('fork'),
    'multiprocessing, spawn': lambda: pool('spawn'),
    'multiprocessing, forkserver': lambda: pool('forkserver'),
    'concurrent.futures': executor,
    'concurrent.futures, another interpreter': interpreter,
    'the host': lambda: output('/usr/bin/python3'),
}

if __name__ == '__main__':
    print(WAYS[sys.argv[1]](), end='')
