import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../run.ts';
import { scratch } from '../scratch.ts';

/**
 * A certificate authority for the tests, in the forms that systems store one, and a server certificate that it signed.
 */
export interface Certificates {
  /** The directory that contains all the others. */
  directory: string;
  /** The authority's certificate. */
  authority: string;
  /** A directory in which OpenSSL finds the authority's certificate by the hash of its subject. */
  hashed: string;
  /** The certificate and key of a server at 127.0.0.1, in one file. */
  server: string;
}

/** Makes the certificates with the openssl command. */
export async function makeCertificates(): Promise<Certificates> {
  const directory = scratch('certificates-');
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
