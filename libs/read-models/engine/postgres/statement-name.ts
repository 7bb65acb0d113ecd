import { createHash } from 'node:crypto';

const names = new Map<string, string>();

/** Under which a session prepares a statement: the same text always has the same name, and there are as many as texts. */
export function statementName(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}
