import { DataSource, type DataSourceOptions } from 'typeorm';
import { CheckpointEntity } from './engine/checkpoint.entity.js';
import { ActionsAsAnswered1794000009000 } from './migrations/actions-as-answered.migration.js';
import { CheckpointsMove1794000007000 } from './migrations/checkpoints-move.migration.js';
import { EngineTables1794000000000 } from './engine/engine-tables.migration.js';
import { ParkedEventEntity } from './engine/parked-event.entity.js';
import { FeedAndRelay1794000003000 } from './migrations/feed-and-relay.migration.js';
import { LedgerByBusinessTime1794000008000 } from './migrations/ledger-by-business-time.migration.js';
import { OrderChangesAsText1794000005000 } from './migrations/order-changes-as-text.migration.js';
import { PagesByIndex1794000006000 } from './migrations/pages-by-index.migration.js';
import { PlainOrderChanges1794000004000 } from './migrations/plain-order-changes.migration.js';
import { ProjectedTables1794000001000 } from './migrations/projected-tables.migration.js';
import { projectedEntities } from './projections.js';
import { areReportingViewsThere, reportingViews } from './reporting/index.js';

/** Every entity and migration of the read models, by name: nothing is found by pattern. */
export const entities: Function[] = [CheckpointEntity, ParkedEventEntity, ...projectedEntities];
export const migrations: Function[] = [
  EngineTables1794000000000,
  ProjectedTables1794000001000,
  FeedAndRelay1794000003000,
  PlainOrderChanges1794000004000,
  OrderChangesAsText1794000005000,
  PagesByIndex1794000006000,
  CheckpointsMove1794000007000,
  LedgerByBusinessTime1794000008000,
  ActionsAsAnswered1794000009000,
];

export const readModelsDataSource = (url: string, options: Partial<DataSourceOptions> = {}): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    schema: 'read_models',
    entities,
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    ...options,
  } as DataSourceOptions);

/** Brings the schemas `read_models`, `read_models_next` (where rebuilds work) and `reporting` up to date. Runs as the role that owns them; several at once wait for each other. */
export async function migrateReadModels(url: string): Promise<void> {
  const dataSource = await readModelsDataSource(url, { poolSize: 2 }).initialize();
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query(`SELECT pg_advisory_lock(hashtext('kontor.read-models.migrations'))`);
    for (const schema of ['read_models', 'read_models_next', 'reporting']) await makeSchema(guard, schema);
    await dataSource.runMigrations();
    await makeReportingViews(guard);
  } finally {
    await guard.release();
    await dataSource.destroy();
  }
}

/** `CREATE SCHEMA IF NOT EXISTS` wants the privilege to create one even where there is nothing to create. */
async function makeSchema(runner: ReturnType<DataSource['createQueryRunner']>, name: string): Promise<void> {
  const [{ present }] = await runner.query('SELECT to_regnamespace($1) IS NOT NULL AS present', [name]);
  if (!present) await runner.query(`CREATE SCHEMA ${name}`);
}

/** Views are no history: a migration takes away those that are in its way, and at the end they are made as this release has them. */
async function makeReportingViews(runner: ReturnType<DataSource['createQueryRunner']>): Promise<void> {
  const [{ present }] = await runner.query(areReportingViewsThere);
  if (present) return;
  await runner.startTransaction();
  for (const statement of reportingViews) await runner.query(statement);
  await runner.commitTransaction();
}
