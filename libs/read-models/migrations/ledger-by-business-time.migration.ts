import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A page of a customer's ledger is found by business time, the order in which it is shown, and not among all of their rows. */
export class LedgerByBusinessTime1794000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE read_models.customer_sales_history
        DROP CONSTRAINT customer_sales_history_pkey,
        ADD CONSTRAINT customer_sales_history_pkey PRIMARY KEY (position);
      CREATE INDEX customer_sales_history_customer ON read_models.customer_sales_history (customer_id, occurred_at, position)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX read_models.customer_sales_history_customer;
      ALTER TABLE read_models.customer_sales_history
        DROP CONSTRAINT customer_sales_history_pkey,
        ADD CONSTRAINT customer_sales_history_pkey PRIMARY KEY (customer_id, position)`);
  }
}
