/**
 * The files in which systems keep their CA certificates: those of crypto/x509/root_linux.go of the Go project. The first
 * one on the host that is not empty is packed. The start-up code (src/launcher/startup/certificates.py) searches the same list on the
 * machine that the archive runs on.
 */
export const certificateFiles: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
