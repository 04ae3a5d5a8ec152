/** Variables that a launcher, a shell or a loader might use, drop or change. */
export const childEnvironment = {
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C.UTF-8',
  LD_LIBRARY_PATH: '/nowhere',
  LOCPATH: '/nowhere/locale',
  PWD: '/elsewhere',
  PYTHONPATH: '/nowhere/modules',
  'INPUT_A-B': 'no identifier',
  'BASH_FUNC_f%%': '() { :; }',
  EMPTY: '',
};

/** The path of children.py, for the Python and its children. */
export const childScript = '/test/children.py';

/** The report of a child that is the packed Python itself, started in `childEnvironment`. */
export function packedChild(tree: string) {
  return {
    executable: `${tree}/bin/python3`,
    prefix: tree,
    comm: 'python3',
    environ: Object.entries(childEnvironment)
      .map(([name, value]) => `${name}=${value}`)
      .toSorted(),
    outside: [],
  };
}
