import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';

/** Reads from the query API only what has seen a position of the log. */
export class QueryApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
    /** What the answers must have seen. */
    private readonly atLeast: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Waits for as long as the reports are behind. */
  async get<Answer>(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const query = new URLSearchParams({ ...parameters, atLeast: this.atLeast });
    for (;;) {
      const { statusCode, body } = await request(`${this.url}${path}?${query}`, {
        headers: { authorization: `Bearer ${this.token}` },
        signal: this.signal,
      });
      if (statusCode === 200) return (await body.json()) as Answer;
      const said = await body.text();
      if (statusCode !== 503) throw new Error(`GET ${path} answered ${statusCode}: ${said}`);
      await pause(100, undefined, { signal: this.signal });
    }
  }

  /** All items of a list, page by page. */
  async all<Item>(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Item[]; next: string | null } = await this.get(path, {
        ...parameters,
        limit: '500',
        ...(cursor === null ? {} : { cursor }),
      });
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  }
}
