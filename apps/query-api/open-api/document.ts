import type { DocumentSettings } from '#kontor/service';
import { answerSchemas } from './answers.js';

/** What the document says besides what the routes' decorators do. */
export const document: DocumentSettings = {
  title: 'Kontor query API',
  description:
    'Reports, audit and replay. Money is in minor units beside its currency, rates in basis points, quantities and prices ' +
    'are decimal strings. Lists and sums leave out what the role may not see. Every answer tells in `X-Log-Position` how far ' +
    'it has seen the log.',
  server: 'http://localhost:3001',
  complete: (openApi) => {
    openApi.components = { ...openApi.components };
    openApi.components.schemas = Object.assign({ ...openApi.components.schemas }, answerSchemas);
  },
};
