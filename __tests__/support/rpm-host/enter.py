"""Runs a program in another root, with exactly the environment that it is given.

It must be started in its own mount and PID namespaces. Its argument is JSON with root, scratch, argv, env, cwd,
binds and readOnly. Files that the program writes into the root are in memory and are lost at its end. Only files in
binds stay.
"""

import json
import os
import subprocess
import sys

DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty']


def mount(*args):
    subprocess.run(['mount', *args], check=True)


def bind(source, target):
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, 'ab').close()
    mount('--bind', source, target)


def prepare(root, scratch, binds, read_only):
    mount('-t', 'tmpfs', 'scratch', scratch)
    upper, work, merged = (os.path.join(scratch, name) for name in ('upper', 'work', 'merged'))
    for folder in (upper, work, merged):
        os.mkdir(folder)
    mount('-t', 'overlay', 'overlay', '-o', f'lowerdir={root},upperdir={upper},workdir={work}', merged)
    for folder in ('proc', 'dev', 'tmp'):
        os.makedirs(os.path.join(merged, folder), exist_ok=True)
    os.chmod(os.path.join(merged, 'tmp'), 0o1777)
    mount('-t', 'proc', 'proc', os.path.join(merged, 'proc'))
    mount('-t', 'tmpfs', 'dev', os.path.join(merged, 'dev'))
    os.mkdir(os.path.join(merged, 'dev/shm'), 0o1777)
    os.symlink('/proc/self/fd', os.path.join(merged, 'dev/fd'))
    os.mkdir(os.path.join(merged, 'dev/pts'))
    mount('-t', 'devpts', '-o', 'newinstance,ptmxmode=0666', 'devpts', os.path.join(merged, 'dev/pts'))
    os.symlink('pts/ptmx', os.path.join(merged, 'dev/ptmx'))
    for name in DEVICES:
        bind(f'/dev/{name}', os.path.join(merged, 'dev', name))
    for source, target in read_only.items():
        bind(source, os.path.join(merged, target.lstrip('/')))
        mount('-o', 'remount,bind,ro', os.path.join(merged, target.lstrip('/')))
    for source, target in binds.items():
        bind(source, os.path.join(merged, target.lstrip('/')))
    return merged


def main():
    job = json.loads(sys.argv[1])
    merged = prepare(job['root'], job['scratch'], job['binds'], job['readOnly'])
    # The program must not be process 1: the kernel ignores the default actions of signals for that process.
    child = os.fork()
    if child == 0:
        try:
            os.chroot(merged)
            os.chdir(job['cwd'])
            os.execvpe(job['argv'][0], job['argv'], job['env'])
        except OSError as error:
            print(f'{job["argv"][0]}: {error.strerror}', file=sys.stderr)
            os._exit(127)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)


main()
