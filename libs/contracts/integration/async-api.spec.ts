import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { asyncApiDocument } from './async-api.js';

const document = asyncApiDocument();

test('the document is valid AsyncAPI 3', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'security-defined': 'off' } });
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, absoluteRef: '/asyncapi.json', config });
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});

test('docs/asyncapi.json says what the code says (npm run asyncapi writes it anew)', () => {
  const written: unknown = JSON.parse(readFileSync('docs/asyncapi.json', 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(document)));
});

test('fields that identify a person are marked', () => {
  expect(document.components.messages).toMatchObject({
    CustomerRegistered: {
      payload: {
        properties: { contact: { 'x-personal': 'always' }, name: { 'x-personal': 'if-natural-person' } },
      },
    },
  });
});
