import { RelopackError } from '../../common/error.ts';
import { message, option } from '../../common/message.ts';

/** A library that a file needs, as opened in one directory. */
interface Question {
  /** The canonical host path of the library. */
  library: string;
  /** The canonical host path of the library that ld.so finds by one entry of RUNPATH; undefined if it finds none. */
  foundBy: (way: string) => string | undefined;
}

/**
 * Orders the entries of a RUNPATH, so that the first one that leads to a library of the needed name leads to the right
 * library. The order given is kept as far as possible. An entry is next as soon as it leads to no wrong library. To
 * take it is never a mistake, because the other entries can only lead to fewer wrong libraries afterwards.
 *
 * Throws RelopackError 'elf-unsupported' if there is no such order. `host` is the file's name in the error.
 */
export function orderWays(host: string, ways: readonly string[], questions: readonly Question[]): string[] {
  const left = new Set(ways);
  const order: string[] = [];
  let open = questions;
  while (left.size > 0) {
    const next = [...left].find((way) => open.every((question) => !isMisled(question, way)));
    if (next === undefined) throw noOrder(host, open, [...left]);
    left.delete(next);
    order.push(next);
    open = open.filter(({ foundBy }) => foundBy(next) === undefined);
  }
  return order;
}

function isMisled({ library, foundBy }: Question, way: string): boolean {
  const found = foundBy(way);
  return found !== undefined && found !== library;
}

function noOrder(host: string, open: readonly Question[], ways: readonly string[]): RelopackError {
  const misled = open.filter((question) => ways.some((way) => isMisled(question, way)));
  const libraries = [...new Set(misled.map(({ library }) => library))].join(' and ');
  return new RelopackError(
    'elf-unsupported',
    `${host} cannot be relocated: it needs ${libraries}, and no order of directories leads to all of them`,
    message`If the packed Python does not need the file, leave it out with ${option('exclude')}.`,
  );
}
