/** Fedora's python3.11-config starts the script for the architecture, by its path. */
const start = /^exec \/\S*\/bin\/(?=python)/m;

/** CPython moves the first path in the compiler flags, which names a file of the distribution (`-specs=/usr/…`). */
const movedFlags = /^(CFLAGS=\$\(echo ".*") \| sed "s#\$prefix#\$prefix_real#"\)$/m;

/**
 * Makes the script work in another place. CPython's own (Misc/python-config.sh.in) takes the prefix from the directory
 * that it is in, so little is left to do.
 */
export function relocateConfigScript(bytes: Buffer): Buffer {
  const text = bytes
    .toString('latin1')
    .replace(start, 'exec "$(dirname -- "$(readlink -f -- "$0")")"/')
    .replace(movedFlags, '$1)');
  return Buffer.from(text, 'latin1');
}
