import { execFile } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];

/** Files of a server's certificate for localhost, and of the private authority that has signed it. */
export interface Certificates {
  authority: string;
  certificate: string;
  key: string;
}

/** Makes them with openssl, in the given folder. The key belongs to `owner`, if there is one, and to nobody else. */
export async function makeCertificates(folder: string, owner?: { uid: number; gid: number }): Promise<Certificates> {
  await mkdir(folder);
  const file = (name: string) => path.join(folder, name);
  const authority = file('authority.crt');
  const authorityKey = file('authority.key');
  const certificate = file('server.crt');
  const key = file('server.key');
  await run('openssl', ['req', '-x509', ...KEY, '-subj', '/CN=Test CA', '-keyout', authorityKey, '-out', authority]);
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,DNS:service.test,IP:127.0.0.1'];
  const signedBy = ['-CA', authority, '-CAkey', authorityKey, '-addext', 'basicConstraints=critical,CA:FALSE'];
  await run('openssl', ['req', '-x509', ...KEY, ...names, ...signedBy, '-keyout', key, '-out', certificate]);
  if (owner) await chown(key, owner.uid, owner.gid);
  return { authority, certificate, key };
}
