import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As in the log: to compress an order's lines takes longer than all else that is done to write them (ADR 11). */
export class PlainOrderChanges1794000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE read_models.order_changes SET (toast_tuple_target = 8160)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE read_models.order_changes RESET (toast_tuple_target)');
  }
}
