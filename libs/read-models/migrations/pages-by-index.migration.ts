import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists whose pages were searched for, or sorted, among all rows: what a page costs must not grow with the years. */
export class PagesByIndex1794000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX audit_actions_on_behalf_of ON read_models.audit_actions (on_behalf_of, position) WHERE on_behalf_of is not null;
      CREATE INDEX audit_actions_refused ON read_models.audit_actions (position) WHERE outcome = 'refused';
      CREATE INDEX customers_name ON read_models.customers (name, customer_id);
      DROP INDEX read_models.customers_account_manager;
      CREATE INDEX customers_account_manager ON read_models.customers (account_manager_id, name, customer_id);
      CREATE INDEX sales_plans_period ON read_models.sales_plans (period);
      CREATE INDEX stock_requests_position ON read_models.stock_requests (position)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX
        read_models.audit_actions_on_behalf_of, read_models.audit_actions_refused, read_models.customers_name,
        read_models.customers_account_manager, read_models.sales_plans_period, read_models.stock_requests_position;
      CREATE INDEX customers_account_manager ON read_models.customers (account_manager_id)`);
  }
}
