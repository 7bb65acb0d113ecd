// Writes docs/asyncapi.json from the contracts: npm run asyncapi
import { writeFileSync } from 'node:fs';
import { asyncApiDocument } from '../libs/contracts/integration/async-api.ts';

const text = JSON.stringify(asyncApiDocument(), null, 2);
writeFileSync(new URL('asyncapi.json', import.meta.url), `${text}\n`);
