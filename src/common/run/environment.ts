/** Variables that bash or dash adds if there is none. */
const added = ['_', 'OLDPWD', 'PWD', 'SHLVL'];

/** Variables that bash or dash sets itself. Both also drop or rewrite some that have no name of a shell variable. */
const changed =
  /^(?:_|BASH\w*|DIRSTACK|EPOCH\w+|FUNCNAME|GROUPS|HISTCMD|IFS|LINENO|OLDPWD|OPT(?:ARG|ERR|IND)|POSIXLY_CORRECT|PPID|PS[0-4]|PWD|S?RANDOM|SECONDS|SHELLOPTS|SHLVL|E?UID)$|^\d|\W/;

/**
 * The arguments for env(1) that undo what a shell does to the environment of the programs that it starts. Only the
 * variables that a shell changes are among them, since other users can see the arguments of a program.
 */
export function environmentArguments(env: Readonly<NodeJS.ProcessEnv>): string[] {
  return [
    ...added.filter((name) => env[name] === undefined).flatMap((name) => ['-u', name]),
    '--',
    ...Object.entries(env)
      .filter(([name]) => changed.test(name))
      .map(([name, value]) => `${name}=${value}`),
  ];
}
