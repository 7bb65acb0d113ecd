import { readFile } from 'node:fs/promises';
import { Actor, ROLES } from '#kontor/contracts';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { Problem } from './problem.js';

const CACHED_TOKENS = 2_000;
const DEVELOPMENT_KEYS = /^development/;

/** Who a token speaks for, and how long. */
export interface Verified {
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Reads tokens: signature by the published keys, expiry, and the claims that make an actor. */
export class BearerTokens {
  /** Verifying a signature takes 0.1 ms; the same token comes thousands of times. */
  private readonly verified = new Map<string, Verified>();

  private constructor(
    private readonly keys: JWTVerifyGetKey,
    private readonly production: boolean,
  ) {}

  /** `file://` serves development; production refuses it, and development keys wherever they are published. */
  static async signedBy(
    jwksUrl: string,
    { production }: { readonly production: boolean },
  ): Promise<BearerTokens> {
    const url = new URL(jwksUrl);
    if (url.protocol !== 'file:') return new BearerTokens(createRemoteJWKSet(url), production);
    if (production) throw new Error('KONTOR_JWKS_URL must not be a file in production');
    return new BearerTokens(
      createLocalJWKSet(JSON.parse(await readFile(url, 'utf8')) as JSONWebKeySet),
      production,
    );
  }

  /** What a token says, or a `Problem`: 401, or 503 where the keys can't be fetched. */
  async read(token: string): Promise<Verified> {
    const known = this.verified.get(token);
    if (known && known.expiresAt > Date.now()) return known;
    this.verified.delete(token);
    const verified = await this.verify(token);
    if (this.verified.size >= CACHED_TOKENS) {
      const [oldest] = this.verified.keys();
      if (oldest !== undefined) this.verified.delete(oldest);
    }
    this.verified.set(token, verified);
    return verified;
  }

  private async verify(token: string): Promise<Verified> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
        algorithms: ['EdDSA', 'ES256', 'RS256'],
        requiredClaims: ['sub', 'role', 'exp'],
      });
      if (this.production && DEVELOPMENT_KEYS.test(protectedHeader.kid ?? ''))
        throw Problem.unauthenticated('Development keys are not accepted here.');
      return { actor: actorFrom(payload), expiresAt: Number(payload.exp) * 1000 };
    } catch (failure) {
      if (failure instanceof Problem) throw failure;
      if (failure instanceof errors.JWTExpired) throw Problem.unauthenticated('The token has expired.');
      if (failure instanceof errors.JOSEError && !(failure instanceof errors.JWKSTimeout))
        throw Problem.unauthenticated('The token is not valid.');
      throw Problem.unavailable('The keys that sign tokens cannot be fetched.');
    }
  }
}

function actorFrom({ sub, role, branch }: JWTPayload): Actor {
  const known = ROLES.find((name) => name === role);
  if (!isCode(sub) || !known || (branch !== undefined && !isCode(branch)))
    throw Problem.unauthenticated('The token names no actor and role known here.');
  return { actorId: sub, role: known, ...(branch === undefined ? {} : { branchId: branch }) };
}

const isCode = (claim: unknown): claim is string =>
  typeof claim === 'string' && claim.length >= 1 && claim.length <= 64;
