import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { foreignRoots, inRoot } from '../__tests__/support/rpm-host/targets.ts';

/** The modules that the first users of relopack ship. An RPM machine packs the modules on the command line instead. */
const usual = [
  ...['pyyaml', 'urwid', 'pyparsing', 'requests', 'pyudev', 'setuptools'],
  ...['psutil', 'distro', 'cryptography', 'lxml', 'numpy'],
];

/** Prints the Python, the system, sys.path, the libraries, and the output of a child. */
const shows = `
import os, subprocess, sys
print("Python", sys.version.split()[0], "in", sys.prefix)
print("on", next((line for line in open("/etc/os-release") if line.startswith("PRETTY_NAME")), "").strip() if os.path.exists("/etc/os-release") else "a system that contains only busybox")
print("sys.path:", *sys.path, sep="\\n  ")
mapped = {line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if ".so" in line}
print(len(mapped), "libraries are loaded,", len([path for path in mapped if not path.startswith(sys.prefix)]), "of them from outside the archive")
print("a child process prints:", subprocess.run([sys.executable, "-c", "print('hello')"], capture_output=True, text=True).stdout.strip())
`;

/** Prints a command and runs it. Ends this process if the command fails. */
function show(program: string, ...args: string[]): void {
  process.stdout.write(`\n$ ${[program, ...args].join(' ')}\n`);
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const host = await rpmHost();
const named = process.argv.slice(2);
const modules = named.length > 0 || host.root === '/' ? named : usual;
const where = ['--root', host.root, ...(host.dbpath === undefined ? [] : ['--dbpath', host.dbpath])];
const { bullseye, busybox } = await foreignRoots();
const folder = mkdtempSync(join(tmpdir(), 'relopack-demo-'));
try {
  const archive = join(folder, 'python3.tar.gz');
  show(process.execPath, 'dist/cli.js', 'pack', ...where, '--prefix', 'python3', '-o', archive, ...modules);
  show('tar', '-xzf', archive, '-C', folder);
  for (const root of [bullseye, busybox]) {
    const python = '/opt/my product/python3/bin/python3';
    process.stdout.write(`\n$ chroot ${root} '${python}' …\n`);
    const binds = { [join(folder, 'python3')]: '/opt/my product/python3' };
    const { code, stdout, stderr } = await inRoot(root, [python, '-c', shows], { binds });
    process.stdout.write(`${stdout}${stderr}`);
    if (code !== 0) process.exitCode = code;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
