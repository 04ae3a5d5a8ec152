import pkg from '../../package.json' with { type: 'json' };

/** relopack's own version. */
export const version: string = pkg.version;
