import pg from 'pg';
import { openEventLog } from '#kontor/event-store';
import { ReadModels } from '#kontor/read-models';
import { createQueryApi } from '../../apps/query-api/create-query-api.js';
import { readZones } from '../../apps/query-api/zones.js';
import { shippedFile } from '../../apps/cli/stack/shipped-file.js';
import type { Bench } from './bench.js';
import type { Office } from './office.js';
import type { KontorDatabase } from './server.js';

const VARIANTS = 20;

export interface Report {
  readonly name: string;
  /** Questions of the same kind, about different things. */
  readonly paths: readonly string[];
}

/** What the reports are asked for, about customers, months and managers that there are. */
export async function reportsOf(bench: Bench, { name }: KontorDatabase): Promise<Report[]> {
  const column = async (query: string): Promise<string[]> =>
    (await bench.server.run<{ value: string }>(`${query} limit ${VARIANTS}`, name)).map(({ value }) => value);
  // Every so manieth of them, so that large and small ones are among them.
  const customers = await column(
    `select customer_id::text as value from read_models.customers order by md5(customer_id::text)`,
  );
  const periods = await column(
    `select distinct period as value from read_models.sales_plans order by period`,
  );
  const managers = await column(
    `select distinct account_manager_id as value from read_models.customers order by account_manager_id`,
  );
  const months = await column(
    `select distinct to_char(day, 'YYYY-MM') as value from read_models.turnover order by 1`,
  );
  return [
    { name: 'sales history', paths: customers.map((id) => `/v1/customers/${id}/sales-history`) },
    { name: 'plan fulfilment', paths: periods.map((period) => `/v1/plan-fulfilment?period=${period}`) },
    {
      name: 'turnover',
      paths: months.flatMap((month) => [
        `/v1/turnover?by=territory&from=${month}-01&to=${month}-28`,
        `/v1/turnover?by=accountManager&from=${month}-01&to=${month}-28`,
      ]),
    },
    { name: 'actions', paths: managers.map((manager) => `/v1/audit/actions?onBehalfOf=${manager}&limit=50`) },
  ];
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What pg's client is given to ask: a text, a query, or statements that go together. */
function statementsIn(asked: unknown): readonly Statement[] {
  if (typeof asked === 'string') return [{ text: asked, values: [] }];
  const { statements, text, values = [] } = asked as pg.QueryConfig & { statements?: readonly Statement[] };
  return statements ?? [{ text, values }];
}

/** The SQL that the query API itself sends for each question, in its transactions: listened to while it answers in this process. */
export async function statementsOf(
  { queryUrl }: KontorDatabase,
  office: Office,
  token: string,
  paths: readonly string[],
): Promise<Statement[][]> {
  const readModels = new ReadModels(queryUrl, { connections: 1 });
  const log = await openEventLog(queryUrl);
  const app = await createQueryApi(
    { readModels, log, zones: await readZones(shippedFile('config/zones.json')) },
    { logLevel: 'silent', production: false, jwksUrl: office.jwksUrl },
  );
  const { query } = pg.Client.prototype;
  let heard: Statement[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [asked] = given;
    heard.push(...statementsIn(asked));
    return Reflect.apply(query, this, given) as ReturnType<typeof query>;
  } as typeof query;
  try {
    const all: Statement[][] = [];
    for (const url of paths) {
      heard = [];
      const { statusCode, body } = await app.inject({ url, headers: { authorization: `Bearer ${token}` } });
      if (statusCode !== 200) throw new Error(`GET ${url} was answered ${statusCode}: ${body}`);
      all.push(heard);
    }
    return all;
  } finally {
    pg.Client.prototype.query = query;
    await app.close();
    await readModels.close();
    await log.close();
  }
}

/** Scripts for pgbench, a transaction each, and the variables that their statements' parameters became. */
export function scriptsOf(transactions: readonly (readonly Statement[])[]): {
  readonly scripts: string[];
  readonly variables: Record<string, string>;
} {
  const variables: Record<string, string> = {};
  const scripts = transactions.map((statements, script) =>
    statements
      .map(({ text, values }, number) => {
        const line = text.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim();
        const named = line.replaceAll(/\$(\d+)/g, (_, place: string) => {
          const value: unknown = values[Number(place) - 1];
          if (value === null || value === undefined) return 'null';
          const name = `v_${script}_${number}_${place}`;
          variables[name] = value instanceof Date ? value.toISOString() : String(value);
          return `:${name}`;
        });
        return `${named};`;
      })
      .join('\n'),
  );
  return { scripts, variables };
}
