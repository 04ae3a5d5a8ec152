import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../run.ts';

/** A certificate authority of our own, in the forms that systems keep such in, and a server that it vouches for. */
export interface Certificates {
  /** The directory that all the others are in. */
  directory: string;
  /** The authority's certificate. */
  authority: string;
  /** A directory that OpenSSL looks certificates up in, by the hash of their subject, with the authority's in it. */
  hashed: string;
  /** Certificate and key of a server at 127.0.0.1, in one file. */
  server: string;
}

/** Makes them by the openssl command. */
export async function makeCertificates(): Promise<Certificates> {
  const directory = mkdtempSync(join(tmpdir(), 'relopack-certificates-'));
  const at = (name: string) => join(directory, name);
  const key = (name: string) => ['-newkey', 'rsa:2048', '-noenc', '-keyout', at(name)];
  const days = ['-days', '2'];
  const authority = at('authority.pem');
  const subject = ['-subj', '/CN=Relopack test authority'];
  await must('openssl', ['req', '-x509', ...key('authority.key'), ...days, ...subject, '-out', authority]);
  writeFileSync(at('extensions'), 'subjectAltName=IP:127.0.0.1\n');
  await must('openssl', ['req', ...key('server.key'), '-subj', '/CN=127.0.0.1', '-out', at('request.pem')]);
  const signer = ['-CA', authority, '-CAkey', at('authority.key'), '-extfile', at('extensions')];
  await must('openssl', [
    'x509',
    '-req',
    '-in',
    at('request.pem'),
    ...signer,
    ...days,
    '-out',
    at('server.crt'),
  ]);
  const server = at('server.pem');
  writeFileSync(server, (await must('cat', [at('server.crt'), at('server.key')])).stdout);
  const { stdout } = await must('openssl', ['x509', '-hash', '-noout', '-in', authority]);
  const hashed = at('hashed');
  mkdirSync(hashed);
  copyFileSync(authority, join(hashed, `${stdout.toString().trim()}.0`));
  return { directory, authority, hashed, server };
}
