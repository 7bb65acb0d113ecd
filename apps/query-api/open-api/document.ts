import type { DocumentSettings } from '#kontor/service';
import { answerSchemas } from './answers.js';

const tags = {
  customers: 'Who buys, what they bought, what they owe',
  orders: 'Orders with everything that happened to them',
  'sales plans': 'What was to be achieved, what was, and by which events',
  turnover: 'Sales by month, territory, branch, account manager or product group',
  'stock requests': 'What branches asked their suppliers for',
  audit: 'Who did what under which authority, and the log itself',
};

/** What the document says besides what the routes' decorators do. */
export const document: DocumentSettings = {
  title: 'Kontor query API',
  description:
    'Reports, audit and replay. Money is in minor units beside its currency, rates in basis points, quantities and prices ' +
    'are decimal strings. Lists and sums leave out what the role may not see. Every answer tells in `X-Log-Position` how far ' +
    'it has seen the log.',
  server: '/',
  complete: (openApi) => {
    openApi.tags = Object.entries(tags).map(([name, description]) => ({ name, description }));
    openApi.components = { ...openApi.components };
    openApi.components.schemas = Object.assign({ ...openApi.components.schemas }, answerSchemas);
  },
};
