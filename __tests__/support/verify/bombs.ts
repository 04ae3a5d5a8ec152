import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fileBlocks, gnuBlocks, headerBlock, linkBlocks, sha256 } from '../archive/blocks.ts';
import { hostileElf } from './hostile-elf.ts';

/** A file of an archive, as its manifest lists it. */
interface Listed {
  path: string;
  type: 'file' | 'symlink' | 'hardlink';
  mode?: string;
  sha256?: string;
  target?: string;
  needs?: Record<string, string>;
}

/** An archive that was made to exhaust the time or memory of its reader. */
export interface Bomb {
  name: string;
  /** The parts of its tar, in their order. `scale` is 1 for the largest archive below 10 MB, and less for a test. */
  tar: (scale: number) => Iterable<Buffer>;
  /** The error of `verify`. */
  error: RegExp;
  /** Whether its Python has to be started. */
  starts?: boolean;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const emptySha256 = sha256(Buffer.alloc(0));

function folder(name: string): Buffer {
  return headerBlock({ name: `${name}/`, type: '5', mode: 0o755 });
}

/** Zeros that no memory is needed for. */
function* zeros(size: number): Generator<Buffer> {
  const piece = Buffer.alloc(MiB);
  for (let left = size; left > 0; left -= MiB) yield left >= MiB ? piece : piece.subarray(0, left);
}

function* file(name: string, size: number): Generator<Buffer> {
  yield headerBlock({ name, size });
  yield* zeros(size + ((512 - (size % 512)) % 512));
}

/** The end of an archive: the Python, the manifest with these files, and two empty blocks. */
function* rest(files: Iterable<Listed>, more: { python?: string; imports?: string[]; text?: string } = {}) {
  const { python = '#!/bin/sh\nexit 3\n', imports = ['first'], text } = more;
  const program = Buffer.from(python);
  yield folder('top/bin');
  yield* fileBlocks('top/bin/python3', program, 0o755);
  const own: Listed = { path: 'bin/python3', type: 'file', mode: '0755', sha256: sha256(program) };
  const manifest = {
    python: { version: '3.12', executable: 'bin/python3' },
    arch: 'x86_64',
    modules: [{ word: 'x', package: 'x', imports }],
    libraryDirectories: ['lib64'],
    files: [own, ...files],
  };
  yield* fileBlocks('top/manifest.json', Buffer.from(text ?? JSON.stringify(manifest)));
  yield Buffer.alloc(1024);
}

/** An archive with these contents in lib64, all listed. */
function* withFiles(contents: Iterable<[name: string, content: Buffer, sha256?: string]>): Generator<Buffer> {
  const files: Listed[] = [];
  yield folder('top');
  yield folder('top/lib64');
  for (const [name, content, digest] of contents) {
    yield* fileBlocks(`top/lib64/${name}`, content);
    files.push({ path: `lib64/${name}`, type: 'file', mode: '0644', sha256: digest ?? sha256(content) });
  }
  yield* rest(files);
}

/** The same file under many names. */
function* copies(content: Buffer, count: number): Generator<[string, Buffer, string]> {
  const digest = sha256(content);
  for (let index = 0; index < count; index++) yield [`f${index}.so`, content, digest];
}

/** An archive with these links in lib64. They are not listed. */
function* withLinks(targets: Iterable<[name: string, target: string]>): Generator<Buffer> {
  yield folder('top');
  yield folder('top/lib64');
  for (const [name, target] of targets) yield* linkBlocks(`top/lib64/${name}`, target);
  yield* rest([]);
}

function* times<T>(count: number, make: (index: number) => T): Generator<T> {
  for (let index = 0; index < count; index++) yield make(index);
}

/** A manifest with these texts in a field that nobody reads. */
function* withManifest(text: string): Generator<Buffer> {
  const files = [{ path: 'bin/python3', type: 'file', mode: '0755' }];
  const known = JSON.stringify({
    python: { version: '3.12', executable: 'bin/python3' },
    files,
    modules: [],
    arch: 'x86_64',
  });
  yield folder('top');
  yield* junk();
  yield* rest([], { text: `${known.slice(0, -1)},"more":${text}}` });
}

/** Random bytes, which cannot be compressed. They raise the limits, which grow with the size of the archive. */
function* junk(scale = 1): Generator<Buffer> {
  yield* fileBlocks('top/junk', randomBytes(8 * MiB * scale));
}

/** Files, and random bytes after them. */
function* withJunk(
  files: Iterable<[string, Buffer, string]>,
  scale: number,
): Generator<[name: string, content: Buffer, sha256?: string]> {
  yield ['junk', randomBytes(8 * MiB * scale)];
  yield* files;
}

/** An archive whose Python is this shell script. */
function* withPython(script: string, imports?: string[]): Generator<Buffer> {
  yield folder('top');
  yield* rest([], { python: `#!/bin/sh\n${script}\n`, ...(imports === undefined ? {} : { imports }) });
}

const anyFault = /^relopack: the archive /m;
const tooLarge = /contains more than \d+ bytes, the limit for an archive of its size/;

export const bombs: readonly Bomb[] = [
  {
    name: 'a file of zeros',
    *tar(scale) {
      yield folder('top');
      yield* file('top/zeros', 2000 * MiB * scale);
    },
    error: tooLarge,
  },
  {
    name: 'an ELF file of more than 2 GiB',
    *tar(scale) {
      yield folder('top');
      const elf = hostileElf({});
      const size = 2100 * MiB * scale;
      yield headerBlock({ name: 'top/x.so', size });
      yield elf;
      yield* zeros(size - elf.length);
      yield* rest([]);
    },
    error: tooLarge,
  },
  {
    name: 'zeros after the end',
    *tar(scale) {
      yield folder('top');
      yield* rest([]);
      yield* zeros(1000 * MiB * scale);
    },
    error: anyFault,
  },
  {
    name: 'millions of empty files',
    *tar(scale) {
      yield folder('top');
      for (let index = 0; index < 60_000 * scale; index++) yield headerBlock({ name: `top/${index}` });
    },
    error: /contains more than \d+ entries, the limit for an archive of its size/,
  },
  {
    name: 'as many empty files as are allowed, and junk',
    *tar(scale) {
      const count = 12_000 * scale;
      yield* withFiles(times(count, (index) => [`${index}`, Buffer.alloc(0), emptySha256]));
      // Random bytes cannot be compressed.
      for (let size = 0; size < 8 * MiB * scale; size += MiB) yield randomBytes(MiB);
    },
    error: anyFault,
  },
  {
    name: 'deep folders',
    *tar(scale) {
      yield folder('top');
      for (let tree = 0; tree < 600 * scale; tree++) {
        let path = `top/${tree}`;
        yield folder(path);
        while (path.length < 90) {
          path += '/d';
          yield folder(path);
        }
      }
    },
    error: /contains more than \d+ entries/,
  },
  {
    name: 'pax headers of 4 MB',
    *tar(scale) {
      yield folder('top');
      const text = Buffer.from(`${4 * MiB - 512} comment=`.padEnd(4 * MiB - 513, 'x').concat('\n'));
      for (let index = 0; index < 60 * scale; index++) {
        yield headerBlock({ name: 'x', type: 'x', size: text.length });
        yield text;
        yield headerBlock({ name: `top/${index}` });
      }
    },
    error: anyFault,
  },
  {
    name: 'names of 4 MB',
    *tar(scale) {
      yield folder('top');
      for (let index = 0; index < 60 * scale; index++) {
        yield* gnuBlocks('L', Buffer.alloc(4 * MiB, 'n'));
        yield headerBlock({ name: `top/${index}` });
      }
    },
    error: anyFault,
  },
  {
    name: 'link targets of 64 KB',
    tar: (scale) => withLinks(times(2000 * scale, (index) => [`${index}`, 'x/'.repeat(32 * KiB)])),
    error: anyFault,
  },
  {
    name: 'links through each other, with 2,000 parts each',
    tar: (scale) =>
      withLinks(times(4900 * scale, (index) => [`${index}`, `${'./'.repeat(2000)}${index + 1}`])),
    error: anyFault,
  },
  {
    name: 'links that multiply: each follows 40 others',
    tar: (scale) =>
      withLinks(times(4900 * scale, (index) => [`${index}`, `${'x/../'.repeat(800)}${(index % 30) + 1}`])),
    error: anyFault,
  },
  {
    name: 'links in a loop',
    tar: () =>
      withLinks([
        ['a.so', 'b.so'],
        ['b.so', 'a.so'],
      ]),
    error: /is not in the manifest/,
  },
  {
    name: 'a program with 16,000 DT_NEEDED and a RUNPATH of 4,000 directories',
    *tar(scale) {
      const needed = { name: 'libn.so', count: 16_000 };
      const runpath = Array.from({ length: 800 }, (_, index) => `$ORIGIN/./${index}`).join(':');
      yield* withFiles(times(40 * scale, (index) => [`${index}.so`, hostileElf({ needed, runpath })]));
    },
    error: anyFault,
  },
  {
    name: 'ELF files whose DT_NEEDED share a long string',
    tar: (scale) => {
      const needed = { name: 'n'.repeat(16_000), count: 16_000, stepped: true };
      return withFiles(copies(hostileElf({ needed }), 320 * scale));
    },
    error: anyFault,
  },
  {
    name: 'ELF files that need many names in many folders',
    tar: (scale) => {
      const needed = { name: 'n'.repeat(200), count: 190, stepped: true };
      const runpath = `$ORIGIN${':$ORIGIN/.'.repeat(390)}`;
      return withFiles(withJunk(copies(hostileElf({ needed, runpath }), 4900 * scale), scale));
    },
    error: anyFault,
  },
  {
    name: 'ELF files with 65,000 sections',
    tar: (scale) => withFiles(withJunk(copies(hostileElf({ sections: 65_000 }), 47 * scale), scale)),
    error: /exited with code 3/,
    starts: true,
  },
  {
    name: 'one large ELF file with many names',
    *tar(scale) {
      const content = hostileElf({ sections: 65_000 });
      const files: Listed[] = [{ path: 'lib64/a.so', type: 'file', mode: '0644', sha256: sha256(content) }];
      yield folder('top');
      yield folder('top/lib64');
      yield* fileBlocks('top/lib64/a.so', content);
      for (let index = 0; index < 4900 * scale; index++) {
        yield headerBlock({ name: `top/lib64/${index}.so`, type: '1', target: 'top/lib64/a.so' });
        files.push({ path: `lib64/${index}.so`, type: 'hardlink', mode: '0644', target: 'lib64/a.so' });
      }
      yield* rest(files);
    },
    error: /exited with code 3/,
    starts: true,
  },
  {
    name: 'ELF files that need each other in a circle',
    tar: (scale) =>
      withFiles(
        times(4900 * scale, (index) => [
          `l${index}.so`,
          hostileElf({
            soname: `l${index}.so`,
            runpath: '$ORIGIN',
            needed: { name: `l${index + 1 < 4900 * scale ? index + 1 : 0}.so`, count: 1 },
          }),
        ]),
      ),
    error: /exited with code 3/,
    starts: true,
  },
  {
    name: 'a manifest with 100,000 lists in each other',
    tar: () => withManifest(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    error: anyFault,
  },
  {
    name: 'a manifest with millions of lists',
    tar: (scale) => withManifest(`[${'[],'.repeat(2.6e6 * scale)}[]]`),
    error: anyFault,
  },
  {
    name: 'a manifest with a million names that differ',
    tar: (scale) =>
      withManifest(
        `[${Array.from(times(600_000 * scale, (index) => `{"${index.toString(36)}":0}`)).join()}]`,
      ),
    error: anyFault,
  },
  {
    name: 'a manifest with names of prototypes',
    *tar() {
      yield folder('top');
      yield* rest([], {
        text: '{"__proto__":{"files":[]},"constructor":{"prototype":{}},"python":{"__proto__":null}}',
      });
    },
    error: /relopack did not write its manifest\.json/,
  },
  {
    name: 'a manifest of one string',
    tar: (scale) => withManifest(`"${'s'.repeat(8e6 * scale)}"`),
    error: anyFault,
  },
  {
    name: 'a manifest with a million files',
    *tar(scale) {
      yield folder('top');
      yield* junk();
      yield* rest(times(230_000 * scale, (index) => ({ path: `${index}`, type: 'file' })));
    },
    error: anyFault,
  },
  {
    name: 'a manifest with 100,000 imports',
    tar: (scale) => withPython('exit 3', Array.from(times(100_000 * scale, (index) => `m${index}`))),
    error: anyFault,
    starts: true,
  },
  {
    name: 'a Python that prints for ever',
    tar: () => withPython('exec yes first'),
    error: /printed more than \d+ bytes/,
    starts: true,
  },
  {
    name: 'a Python that prints errors for ever',
    tar: () => withPython('exec yes why >&2'),
    error: /printed more than \d+ bytes/,
    starts: true,
  },
  {
    name: 'a Python that leaves 200 processes behind',
    tar: () => withPython('for i in $(seq 200); do setsid sleep 300 & done; exit 3'),
    error: /exited with code 3/,
    starts: true,
  },
  {
    name: 'a Python that says that it loaded all files',
    *tar(scale) {
      const count = 5000 * scale;
      const content = hostileElf({
        soname: 'same.so',
        needed: { name: 'same.so', count: 100 },
        runpath: '$ORIGIN',
      });
      const files: Listed[] = [];
      yield folder('top');
      yield folder('top/lib64');
      for (let index = 0; index <= count; index++) {
        const name = index === 0 ? 'same.so' : `${index}.so`;
        yield* fileBlocks(`top/lib64/${name}`, content);
        files.push({ path: `lib64/${name}`, type: 'file', mode: '0644', sha256: sha256(content) });
      }
      const answer = `"prefix":"'$top'","executable":"'$top'/bin/python3","path":[],"failures":{},"system":"/","itself":"'$top'"`;
      const python = `#!/bin/sh
top=$(dirname $(dirname $0))
echo first; echo -
printf '%s' '{${answer},"mapped":[['
for i in $(seq ${count}); do printf '"%s/lib64/%s.so",' $top $i; done
echo '""]]}'
`;
      yield* rest(files, { python });
    },
    error: anyFault,
    starts: true,
  },
];

/** Writes a bomb as an archive. */
export async function writeBomb(bomb: Bomb, path: string, scale = 1): Promise<void> {
  await pipeline(Readable.from(bomb.tar(scale)), createGzip({ level: 6 }), createWriteStream(path));
}
