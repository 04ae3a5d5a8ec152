import type { Entry } from './entry.ts';

/** What whoever packs should know of the host's files. */
export function warnings(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.type !== 'file' || entry.source.kind !== 'host') return [];
    const { host, relocation } = entry.source;
    const moves = relocation.kind === 'pth' ? relocation.moves : [];
    return [
      ...(entry.package === undefined ? [`${host} is owned by no package`] : []),
      ...moves
        .filter(([, to]) => to === undefined)
        .map(([from]) => `${host} puts ${from} on sys.path, which is not packed: that line is left out`),
    ];
  });
}
