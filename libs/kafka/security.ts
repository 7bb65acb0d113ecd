import type { KafkaConfig, SASLOptions } from 'kafkajs';

/** How a cluster lets its clients prove who they are, in the words of its configuration. */
export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/** How connections are secured; not at all where nothing is given. */
export interface KafkaSecurity {
  /** Encrypted; the cluster proves itself by an authority of Node's own list, or by those given as PEM. */
  readonly tls?: { readonly authorities?: string };
  readonly login?: {
    readonly mechanism: (typeof SASL_MECHANISMS)[number];
    readonly user: string;
    readonly password: string;
  };
}

/** The same in kafkajs's words. */
export function clientSecurity({ tls, login }: KafkaSecurity): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls && { ssl: tls.authorities === undefined ? true : { ca: tls.authorities } }),
    ...(login && { sasl: saslOf(login) }),
  };
}

const saslOf = ({ mechanism, user, password }: NonNullable<KafkaSecurity['login']>): SASLOptions => ({
  mechanism,
  username: user,
  password,
});
