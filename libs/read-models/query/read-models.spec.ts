import { afterEach, describe, expect, it } from '@jest/globals';
import { customerList } from '../customers/queries.js';
import { ReadModels, ReadModelsUnavailable } from './read-models.js';

describe('Read models that can not be reached', () => {
  // Nothing listens on port 1.
  const readModels = new ReadModels('postgres://nobody@127.0.0.1:1/nothing');
  afterEach(() => readModels.close());

  it('say so, so that whoever asks may ask again', async () => {
    const asked = { visibility: { kind: 'everything' }, limit: 1 } as const;
    await expect(readModels.ask(customerList, asked)).rejects.toThrow(ReadModelsUnavailable);
  });
});
