import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to an order is kept as the text that it came in: most of it is written far more often than looked into (ADR 8). */
export class OrderChangesAsText1794000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await changeType(runner, 'json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await changeType(runner, 'jsonb');
  }
}

async function changeType(runner: QueryRunner, type: 'json' | 'jsonb'): Promise<void> {
  await runner.query('DROP VIEW IF EXISTS reporting.order_lines CASCADE');
  await runner.query(
    `ALTER TABLE read_models.order_changes ALTER COLUMN details TYPE ${type} USING details::${type}`,
  );
}
