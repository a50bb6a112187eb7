/** Certificates for simulators: a panel's own self-made one, and one signed by an authority a test can trust. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';

export interface ServerCertificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
  /** Upper-case hex pairs with colons, as `tls` prints it. */
  fingerprint256: string;
}

export interface SignedServerCertificate extends ServerCertificate {
  /** PEM of the authority: what a client must trust for `verify` to pass. */
  ca: string;
}

const VALID_DAYS = 825;

/** What most freshly installed panels present. Only `hostname` is named in it, so that reaching it by address mismatches. */
export async function selfSignedCertificate(hostname: string): Promise<ServerCertificate> {
  const made = await generate([{ name: 'commonName', value: hostname }], {
    ...common(),
    extensions: [{ name: 'basicConstraints', cA: false }, serverUse, namesOf([hostname])],
  });
  return { key: made.private, cert: made.cert, fingerprint256: fingerprintOf(made.cert) };
}

/**
 * A certificate that passes a full check once `ca` is trusted.
 * @param hostname the name it is issued for
 * @param otherNames further host names or IP addresses, for example `127.0.0.1`
 */
export async function caSignedCertificate(
  hostname: string,
  otherNames: string[] = [],
): Promise<SignedServerCertificate> {
  const authority = await generate([{ name: 'commonName', value: `Simulated authority for ${hostname}` }], {
    ...common(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const made = await generate([{ name: 'commonName', value: hostname }], {
    ...common(),
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'basicConstraints', cA: false }, serverUse, namesOf([hostname, ...otherNames])],
  });
  return { key: made.private, cert: made.cert, fingerprint256: fingerprintOf(made.cert), ca: authority.cert };
}

/** As `tls.TLSSocket.getPeerCertificate().fingerprint256` prints it. */
const fingerprintOf = (cert: string) => new X509Certificate(cert).fingerprint256;

const serverUse = { name: 'extKeyUsage', serverAuth: true } as const;

function common() {
  // An hour back: a client whose clock runs a little behind must not refuse a certificate made a second ago.
  const notBeforeDate = new Date(Date.now() - 3_600_000);
  const notAfterDate = new Date(notBeforeDate.getTime() + VALID_DAYS * 86_400_000);
  return { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', notBeforeDate, notAfterDate } as const;
}

function namesOf(names: string[]) {
  const altNames = names.map((name) =>
    isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name },
  );
  return { name: 'subjectAltName' as const, altNames };
}
