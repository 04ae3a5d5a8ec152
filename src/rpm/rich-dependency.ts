import { RelopackError } from '../common/error.ts';
import type { Dependency } from './dependency.ts';
import { Sense } from './dependency.ts';

/** The spellings of comparisons, with those of old packages: rpmParseDSFlags of rpm's lib/rpmds.c. */
const comparisons = new Map<string, number>([
  ['<', Sense.less],
  ['<=', Sense.less | Sense.equal],
  ['=<', Sense.less | Sense.equal],
  ['=', Sense.equal],
  ['==', Sense.equal],
  ['>=', Sense.greater | Sense.equal],
  ['=>', Sense.greater | Sense.equal],
  ['>', Sense.greater],
]);

const operators = new Set(['and', 'or', 'if', 'unless', 'else', 'with', 'without']);
const chains = new Set(['and', 'or', 'with']);

/** White space and the comma, which separated dependencies in old packages. */
const space = /[\t-\r ,]/;

/** No real dependency is nested this deeply, and the stack has room for much more. */
const maxDepth = 100;

/** Whether a dependency is a rich one: `(a if b)`. */
export function isRich(dependency: Dependency): boolean {
  return dependency.name.startsWith('(');
}

/**
 * Returns the simple dependencies inside a rich one, in their order. The caller follows those that are installed. The
 * operand of `without` is left out, as it names what a provider must not be.
 *
 * Throws RelopackError 'rpm-database' if rpm's rpmrichParse (lib/rpmds.c) would not accept the text. It does not check
 * which operators are nested in which others, as rpmbuild has checked that.
 */
export function richOperands(name: string): Dependency[] {
  const reader = new Reader(name);
  const operands = reader.group(1);
  reader.end();
  return operands;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `(OPERAND)`, `(OPERAND OPERATOR OPERAND …)`. */
  group(depth: number): Dependency[] {
    if (depth > maxDepth) throw this.#malformed('nested too deeply');
    if (!this.#take('(')) throw this.#malformed('no opening parenthesis');
    const operands = this.#operand(depth);
    let chained: string | undefined;
    while (!this.#take(')')) {
      const operator = this.#operator(chained);
      const operand = this.#operand(depth);
      if (operator !== 'without') operands.push(...operand);
      chained = operator;
    }
    return operands;
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#malformed('there is text after its end');
  }

  #operand(depth: number): Dependency[] {
    this.#skipSpace();
    return this.#text.startsWith('(', this.#at) ? this.group(depth + 1) : [this.#simple()];
  }

  /** `NAME`, `NAME >= EVR`. */
  #simple(): Dependency {
    const name = this.#word();
    if (name === '') throw this.#malformed('a name is missing');
    const before = this.#at;
    const flags = comparisons.get(this.#word());
    if (flags === undefined) {
      this.#at = before;
      return { name, flags: 0, evr: '' };
    }
    const evr = this.#word();
    if (evr === '') throw this.#malformed('a version is missing');
    return { name, flags, evr };
  }

  /** `and`, `or` and `with` may be repeated but not mixed; `if` and `unless` may be followed by one `else`. */
  #operator(chained: string | undefined): string {
    const operator = this.#word();
    if (!operators.has(operator)) throw this.#malformed(`"${operator}" is not an operator`);
    const otherwise = operator === 'else' && (chained === 'if' || chained === 'unless');
    const alike = chained === undefined || (operator === chained && chains.has(operator));
    if (!alike && !otherwise) throw this.#malformed(`"${operator}" cannot follow "${chained}"`);
    return operator;
  }

  /** Reads up to white space, a comma, or a `)` that was not opened in the word: `python3dist(six)`. */
  #word(): string {
    this.#skipSpace();
    const start = this.#at;
    let open = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (space.test(character) || (character === ')' && open === 0)) break;
      if (character === '(') open += 1;
      if (character === ')') open -= 1;
    }
    return this.#text.slice(start, this.#at);
  }

  #take(character: string): boolean {
    this.#skipSpace();
    const found = this.#text.startsWith(character, this.#at);
    if (found) this.#at += 1;
    return found;
  }

  #skipSpace(): void {
    while (space.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #malformed(why: string): RelopackError {
    return new RelopackError(
      'rpm-database',
      `the RPM database contains the malformed dependency "${this.#text}": ${why}`,
      'Reinstall the package that requires it.',
    );
  }
}
