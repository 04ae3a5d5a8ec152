import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { foreignRoots, inRoot } from '../__tests__/support/rpm-host/targets.ts';

/** What the first users of relopack ship. An RPM machine packs what is named on the command line. */
const usual = [
  ...['pyyaml', 'urwid', 'pyparsing', 'requests', 'pyudev', 'setuptools'],
  ...['psutil', 'distro', 'cryptography', 'lxml', 'numpy'],
];

const shows = `
import os, subprocess, sys
print("Python", sys.version.split()[0], "in", sys.prefix)
print("on", next((line for line in open("/etc/os-release") if line.startswith("PRETTY_NAME")), "").strip() if os.path.exists("/etc/os-release") else "a system with nothing but busybox")
print("sys.path:", *sys.path, sep="\\n  ")
mapped = {line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if ".so" in line}
print(len(mapped), "libraries are mapped,", len([path for path in mapped if not path.startswith(sys.prefix)]), "of them from outside")
print("a child says:", subprocess.run([sys.executable, "-c", "print('hello')"], capture_output=True, text=True).stdout.strip())
`;

/** Runs a program as it would be run by hand, and shows how. */
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
