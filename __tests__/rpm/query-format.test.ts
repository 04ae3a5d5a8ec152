import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseQuery, queriedTags, queryFormat } from '../../src/rpm/query-format.ts';
import { must } from '../support/run.ts';

/** A record as rpm prints it: 0x1F after each field, a line feed at the end. */
function record(...fields: string[]): string {
  return `${fields.map((field) => `${field}\x1f`).join('')}\n`;
}

/** A head with these values of BUILDTIME and FILEDIGESTALGO. */
function head(buildTime: string, algorithm: string, ...more: string[]): string {
  return record('P', "'a'", '', "'1'", "'1'", "'noarch'", "'MIT'", '', '', '', buildTime, algorithm, ...more);
}

/** A file with this path, and zeros. */
function file(path: string, state = '0'): string {
  return record('F', `'${path}'`, '0', '0', '(none)', '0', state, '0');
}

const end = record('E');

function parse(answer: string) {
  return parseQuery(Buffer.from(answer, 'latin1'));
}

describe('the answer to the query', () => {
  it('is read if it has the form of the query', () => {
    const requires = record('R', "'b'", '8', "'1-1'");
    const provides = record('C', "'a'", '0', "''");
    const file = record('F', "'/a'", '33188', '5', "'00ff'", '1', '2', '4294967296');
    const [pkg, ...others] = parse(head('7', '8') + requires + provides + file + end + head('0', '') + end);
    assert.deepEqual(pkg, {
      name: 'a',
      evr: '1-1',
      arch: 'noarch',
      license: 'MIT',
      sourceRpm: '',
      url: '',
      vendor: '',
      buildTime: 7,
      digestAlgorithm: 'sha256',
      requires: [{ name: 'b', flags: 8, evr: '1-1' }],
      provides: [{ name: 'a', flags: 0, evr: '' }],
      files: [{ path: '/a', mode: 33188, size: 2 ** 32, mtime: 5, digest: '00ff', flags: 1, state: 2 }],
    });
    assert.deepEqual(
      others.map(({ digestAlgorithm }) => digestAlgorithm),
      ['md5'],
    );
  });

  it('is read if a builder other than rpmbuild left out fields, or used digests of an unknown kind', () => {
    const [pkg] = parse(head('', '99') + end);
    assert.deepEqual([pkg?.buildTime, pkg?.digestAlgorithm], [0, undefined]);
  });

  it('keeps names in Latin-1 and names with line ends', () => {
    const files = ['/\xe9', '/a\nb'].map((path) => file(path)).join('');
    const [pkg] = parse(head('0', '8') + files + end);
    assert.deepEqual(
      pkg?.files.map(({ path }) => path),
      ['/\udce9', '/a\nb'],
    );
  });

  it('keeps every character of a text, also those that the answer itself consists of', () => {
    const texts = ["'", "''", "a'\\''b", "\x1f\nE\x1f\nP\x1f'", 'a\x1f\x1eb\n', '(none)', '\\', '%{NAME}'];
    const quoted = texts.map((text) => `'${text.replaceAll("'", "'\\''")}'`);
    const answer = head('0', '8') + quoted.map((name) => record('C', name, '0', "''")).join('') + end;
    const [pkg, ...others] = parse(answer);
    assert.deepEqual(
      pkg?.provides.map(({ name }) => name),
      texts,
    );
    assert.deepEqual(others, []);
  });

  it('leaves out keys, which are not packages', () => {
    assert.deepEqual(parse(head('0', '').replace("'a'", "'gpg-pubkey'") + end), []);
  });

  const malformed: [why: string, answer: string][] = [
    ['that begins with something else', 'hello'],
    ['with a field too few', head('0', '8').replace("'noarch'\x1f", '') + end],
    ['with a field too many', head('0', '8', '') + end],
    ['with a malformed number', head('-1', '8') + end],
    ['with an empty number', head('0', '8') + record('R', "'b'", '', "'1-1'") + end],
    ['with a text in the place of a number', head("'5'", '8') + end],
    ['with a number in the place of a text', head('0', '8') + record('R', '5', '0', "''") + end],
    ['with a record of an unknown kind', head('0', '8') + record('X') + end],
    ['with a package inside another', head('0', '8') + head('0', '8') + end],
    ['with a package that has no end', head('0', '8')],
    ['with something after the end', `${head('0', '8')}${end}\n`],
    ['with a name that has no end', head('0', '8').slice(0, 4)],
    ['with a state of a file that rpm does not know', head('0', '8') + file('/a', '5') + end],
  ];
  for (const [why, answer] of malformed) {
    it(`is refused ${why}`, () => {
      assert.throws(() => parse(answer), {
        name: 'RelopackError',
        code: 'rpm-database',
        message: /cannot be read/,
      });
    });
  }
});

describe('the query', () => {
  it('asks for tags that rpm knows', async () => {
    const { stdout } = await must('rpm', ['--querytags']);
    const known = new Set(stdout.toString().split('\n'));
    assert.deepEqual(
      queriedTags.filter((tag) => !known.has(tag)),
      [],
    );
  });

  it('lists each of its tags among those that rpm must know', () => {
    const named = queryFormat
      .split('%{')
      .slice(1)
      .map((rest) => rest.slice(0, rest.search(/[:}]/)));
    assert.deepEqual(new Set(named), new Set(queriedTags));
  });
});
