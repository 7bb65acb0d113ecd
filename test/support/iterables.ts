/** All items of an iterable, or the first `limit` of them. */
export async function collect<Item>(iterable: AsyncIterable<Item>, limit = Infinity): Promise<Item[]> {
  const items: Item[] = [];
  if (limit > 0)
    for await (const item of iterable) {
      items.push(item);
      if (items.length >= limit) break;
    }
  return items;
}
