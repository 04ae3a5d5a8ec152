import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../../run.ts';
import { tree } from '../layout.ts';
import type { Source } from './source.ts';

/**
 * A replacement for FlexiBLAS. numpy is linked with FlexiBLAS on Fedora and EL 9, but Debian does not have it.
 *
 * Like FlexiBLAS, it passes each function call to a back end. It searches the back end in the directories of
 * FLEXIBLAS_LIBRARY_PATH, then in a compiled-in directory. FLEXIBLAS names a back end to use instead of the fallback.
 * Without a back end it aborts (FlexiBLAS src/flexiblas.c, flexiblas_init; src/paths.c).
 */
export const flexiblas: Source = {
  name: 'flexiblas',
  version: '3.2.1',
  debs: ['libblas3', 'liblapack3'],
  license: 'LGPLv3',
  rules: [[/^\/usr\/share\/.*/, null]],
  texts: {
    '/etc/flexiblasrc': 'default = Reference\n',
    '/etc/flexiblasrc.d/netlib.conf': '[NETLIB]\nlibrary = libflexiblas_netlib.so\n',
    '/etc/flexiblasrc.d/reference.conf': '[REFERENCE]\nlibrary = libflexiblas_reference.so\n',
  },
  edit: async (stage) => {
    const lib = join(stage, 'usr/lib64');
    const wrapped = [join(lib, 'blas/libblas.so.3'), join(lib, 'lapack/liblapack.so.3')];
    await must('mkdir', [join(lib, 'flexiblas')]);
    for (const name of ['netlib', 'reference']) {
      const soname = `libflexiblas_${name}.so`;
      const to = ['-o', join(lib, 'flexiblas', soname), `-Wl,-soname,${soname}`];
      await must('gcc', [...shared, '-Wl,--no-as-needed', ...to, ...wrapped]);
    }
    const source = join(stage, 'flexiblas.c');
    await writeFile(source, program(await functions(wrapped)));
    const to = ['-o', join(lib, 'libflexiblas.so.3'), '-Wl,-soname,libflexiblas.so.3'];
    await must('gcc', [...shared, ...to, source]);
    for (const path of [source, join(lib, 'blas'), join(lib, 'lapack')]) await rm(path, { recursive: true });
  },
};

/** Makes modules need FlexiBLAS instead of BLAS and LAPACK. */
export async function linkByFlexiblas(stage: string): Promise<void> {
  for (const path of await tree(stage)) {
    if (!path.endsWith('.so')) continue;
    const file = join(stage, path);
    const needed = (await must('patchelf', ['--print-needed', file])).stdout.toString();
    if (!/^lib(blas|lapack)\.so\.3$/m.test(needed)) continue;
    const old = ['--remove-needed', 'libblas.so.3', '--remove-needed', 'liblapack.so.3'];
    await must('patchelf', [...old, '--add-needed', 'libflexiblas.so.3', file]);
  }
}

const shared = ['-shared', '-fPIC', '-O2', '-Wl,--allow-shlib-undefined'];

async function functions(libraries: string[]): Promise<string[]> {
  const { stdout } = await must('nm', ['-D', '--defined-only', '--format=posix', ...libraries]);
  return [...new Set([...stdout.toString().matchAll(/^(\w+) [TWi] /gm)].map(([, name = '']) => name))];
}

function program(names: string[]): string {
  const jump = (name: string, index: number) =>
    `__asm__(".globl ${name}\\n.type ${name}, @function\\n${name}: jmp *functions+${8 * index}(%rip)");`;
  return `#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = { ${names.map((name) => `"${name}"`).join(', ')} };
__attribute__((visibility("hidden"))) void *functions[${names.length}];
${names.map(jump).join('\n')}

static void *open_library(const char *name) {
  char directories[4096], path[8192];
  const char *own = getenv("FLEXIBLAS_LIBRARY_PATH");
  snprintf(directories, sizeof directories, "%s:/usr/lib64/flexiblas", own ? own : "");
  for (char *directory = strtok(directories, ":"); directory; directory = strtok(NULL, ":")) {
    snprintf(path, sizeof path, "%s/%s", directory, name);
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (library)
      return library;
  }
  return NULL;
}

__attribute__((constructor)) static void start(void) {
  const char *named = getenv("FLEXIBLAS");
  void *library = named ? open_library(named) : NULL;
  void *fallback = open_library("libflexiblas_netlib.so");
  if (!fallback) {
    fputs("Failed to load the BLAS fallback library.\\n", stderr);
    abort();
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    functions[i] = dlsym(library ? library : fallback, names[i]);
}
`;
}
