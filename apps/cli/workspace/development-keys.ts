import { chmod, writeFile } from 'node:fs/promises';
import type { Role } from '#kontor/contracts';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { readIfThere, type Workspace, writeSecret } from './workspace.js';

/** Services refuse keys of this name in production. */
const KEY_ID = 'development-1';

export interface TokenClaims {
  readonly actorId: string;
  readonly role: Role;
  readonly branchId?: string;
}

/** Makes the key pair that signs development tokens, and publishes its public half, unless it was done before. */
export async function ensureDevelopmentKeys(workspace: Workspace): Promise<void> {
  const known = await readIfThere<JWK>(workspace.privateKey);
  const privateJwk = known ?? (await makePrivateKey());
  if (!known) await writeSecret(workspace.privateKey, privateJwk);
  const { d: _private, ...publicJwk } = privateJwk;
  await writeFile(workspace.jwks, `${JSON.stringify({ keys: [publicJwk] }, null, 2)}\n`);
  await chmod(workspace.jwks, 0o644);
}

async function makePrivateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { ...(await exportJWK(privateKey)), kid: KEY_ID, alg: 'EdDSA', use: 'sig' };
}

/** Signs a token for an actor; `expires` as `jose` reads it: `12h`, `30d`. */
export async function signDevelopmentToken(
  workspace: Workspace,
  { actorId, role, branchId }: TokenClaims,
  expires = '12h',
): Promise<string> {
  const jwk = await readIfThere<JWK>(workspace.privateKey);
  if (!jwk) throw new Error(`there are no development keys in ${workspace.directory}: run "kontor up" first`);
  return new SignJWT({ role, ...(branchId === undefined ? {} : { branch: branchId }) })
    .setProtectedHeader({ alg: 'EdDSA', kid: KEY_ID })
    .setSubject(actorId)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(await importJWK(jwk, 'EdDSA'));
}
