/** Where a file would have to be inside a file: the kernel answers ENOTDIR, whatever the machine looks like. */
export const nowhere = '/dev/null/';
