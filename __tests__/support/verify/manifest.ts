import type { Manifest, ManifestFile, Needs } from '../../../src/manifest/manifest.ts';

/** The manifest of an archive with these files, and further facts about some. Its libraries are in lib64. */
export function manifestOf(
  paths: readonly string[],
  needs: Readonly<Record<string, Needs>>,
  facts: Readonly<Record<string, Partial<ManifestFile>>> = {},
): Manifest {
  return {
    relopack: '0',
    python: { version: '3.9', release: '3.9.0', executable: 'bin/python3' },
    arch: 'x86_64',
    builtOn: 'Test',
    needs: {},
    libraryDirectories: ['lib64'],
    modules: [],
    packages: [],
    leftOut: [],
    files: paths.map((path) => {
      const own = needs[path];
      return { path, type: 'file', reason: '', ...(own === undefined ? {} : { needs: own }), ...facts[path] };
    }),
  };
}
