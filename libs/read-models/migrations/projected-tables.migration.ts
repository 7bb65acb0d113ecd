import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProjectedTables1794000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
        CREATE TABLE read_models.audit_actions (
          position bigint NOT NULL,
          event_id uuid NOT NULL,
          stream text NOT NULL,
          revision integer NOT NULL,
          type text NOT NULL,
          outcome text NOT NULL,
          code text,
          figures jsonb,
          actor_id text NOT NULL,
          role text NOT NULL,
          on_behalf_of text,
          authority_kind text NOT NULL,
          authority_reference text NOT NULL,
          branch_id text,
          customer_id uuid,
          order_id uuid,
          amount bigint,
          currency text,
          command_id uuid NOT NULL,
          correlation_id uuid NOT NULL,
          occurred_at timestamptz(3) NOT NULL,
          utc_offset integer NOT NULL,
          day date NOT NULL,
          recorded_at timestamptz(3) NOT NULL,
          CONSTRAINT audit_actions_pkey PRIMARY KEY (position)
        );
        CREATE INDEX audit_actions_actor ON read_models.audit_actions (actor_id, position);
        CREATE INDEX audit_actions_order ON read_models.audit_actions (order_id, position) WHERE order_id is not null;
        CREATE INDEX audit_actions_customer ON read_models.audit_actions (customer_id, position) WHERE customer_id is not null;
        COMMENT ON TABLE read_models.audit_actions IS 'Every action, accepted or refused, one row for each event';
        CREATE TABLE read_models.customer_sales_history (
          customer_id uuid NOT NULL,
          position bigint NOT NULL,
          kind text NOT NULL,
          order_id uuid,
          revision integer NOT NULL,
          reference text,
          branch_id text NOT NULL,
          account_manager_id text NOT NULL,
          territory text NOT NULL,
          currency text NOT NULL,
          occurred_at timestamptz(3) NOT NULL,
          utc_offset integer NOT NULL,
          day date NOT NULL,
          recorded_at timestamptz(3) NOT NULL,
          amount bigint NOT NULL,
          orders integer NOT NULL DEFAULT 0,
          ordered bigint NOT NULL DEFAULT 0,
          discounts bigint NOT NULL DEFAULT 0,
          credited bigint NOT NULL DEFAULT 0,
          paid bigint NOT NULL DEFAULT 0,
          credit_lines jsonb,
          CONSTRAINT customer_sales_history_pkey PRIMARY KEY (customer_id, position)
        );
        COMMENT ON TABLE read_models.customer_sales_history IS 'One row for each event that changes what was sold to a customer or what they owe';
        CREATE TABLE read_models.customers (
          customer_id uuid NOT NULL,
          customer_number text,
          natural_person boolean NOT NULL,
          name text NOT NULL,
          contact jsonb NOT NULL,
          address jsonb NOT NULL,
          tax_id text,
          currency text NOT NULL,
          segment text NOT NULL,
          territory text NOT NULL,
          branch_id text NOT NULL,
          account_manager_id text NOT NULL,
          credit_limit bigint,
          payment_term_days integer NOT NULL,
          blocked boolean NOT NULL,
          registered_on date NOT NULL,
          revision integer NOT NULL,
          CONSTRAINT customers_pkey PRIMARY KEY (customer_id)
        );
        CREATE INDEX customers_account_manager ON read_models.customers (account_manager_id);
        COMMENT ON TABLE read_models.customers IS 'Customers as known now, one row each';
        CREATE TABLE read_models.orders (
          order_id uuid NOT NULL,
          order_number text,
          customer_id uuid NOT NULL,
          branch_id text NOT NULL,
          account_manager_id text NOT NULL,
          territory text NOT NULL,
          currency text NOT NULL,
          status text NOT NULL,
          placed_at timestamptz(3) NOT NULL,
          utc_offset integer NOT NULL,
          placed_on date NOT NULL,
          due_on date NOT NULL,
          list_total bigint NOT NULL,
          ordered bigint NOT NULL,
          discounts bigint NOT NULL,
          issued bigint NOT NULL,
          returned bigint NOT NULL,
          paid bigint NOT NULL,
          lines_revision integer NOT NULL,
          revision integer NOT NULL,
          CONSTRAINT orders_pkey PRIMARY KEY (order_id)
        );
        COMMENT ON TABLE read_models.orders IS 'Orders as they stand now, one row each';
        CREATE TABLE read_models.order_changes (
          order_id uuid NOT NULL,
          revision integer NOT NULL,
          position bigint NOT NULL,
          kind text NOT NULL,
          occurred_at timestamptz(3) NOT NULL,
          utc_offset integer NOT NULL,
          details jsonb NOT NULL,
          CONSTRAINT order_changes_pkey PRIMARY KEY (order_id, revision)
        );
        COMMENT ON TABLE read_models.order_changes IS 'What happened to an order, one row for each event';
        CREATE TABLE read_models.sales_plans (
          plan_id uuid NOT NULL,
          scope_kind text NOT NULL,
          scope_id text NOT NULL,
          branch_id text,
          period text NOT NULL,
          starts_on date NOT NULL,
          ends_on date NOT NULL,
          measure text NOT NULL,
          currency text NOT NULL,
          targets jsonb NOT NULL,
          original_targets jsonb NOT NULL,
          closed boolean NOT NULL,
          revision integer NOT NULL,
          CONSTRAINT sales_plans_pkey PRIMARY KEY (plan_id)
        );
        COMMENT ON TABLE read_models.sales_plans IS 'Sales plans with their targets, one row each';
        CREATE TABLE read_models.plan_contributions (
          day date NOT NULL,
          position bigint NOT NULL,
          product_group text NOT NULL,
          event_id uuid NOT NULL,
          kind text NOT NULL,
          customer_id uuid NOT NULL,
          order_id uuid,
          account_manager_id text NOT NULL,
          branch_id text NOT NULL,
          territory text NOT NULL,
          currency text NOT NULL,
          occurred_at timestamptz(3) NOT NULL,
          utc_offset integer NOT NULL,
          ordered bigint NOT NULL,
          issued bigint NOT NULL,
          paid bigint NOT NULL,
          CONSTRAINT plan_contributions_pkey PRIMARY KEY (day, position, product_group)
        );
        COMMENT ON TABLE read_models.plan_contributions IS 'What each event contributes to sales plans, by product group';
        CREATE TABLE read_models.plan_customers (
          customer_id uuid NOT NULL,
          account_manager_id text NOT NULL,
          branch_id text NOT NULL,
          CONSTRAINT plan_customers_pkey PRIMARY KEY (customer_id)
        );
        COMMENT ON TABLE read_models.plan_customers IS 'Account manager and branch of each customer now';
        CREATE TABLE read_models.stock_requests (
          stock_request_id uuid NOT NULL,
          position bigint NOT NULL,
          branch_id text NOT NULL,
          supplier text NOT NULL,
          order_id uuid,
          requested_by text NOT NULL,
          requested_at timestamptz(3) NOT NULL,
          utc_offset integer NOT NULL,
          reason text NOT NULL,
          needed_by date NOT NULL,
          status text NOT NULL,
          promised_for date,
          closing_reason text,
          lines jsonb NOT NULL,
          dispatched_lines jsonb,
          received_lines jsonb,
          revision integer NOT NULL,
          CONSTRAINT stock_requests_pkey PRIMARY KEY (stock_request_id)
        );
        COMMENT ON TABLE read_models.stock_requests IS 'Stock requests as they stand now, one row each';
        CREATE TABLE read_models.turnover (
          day date NOT NULL,
          customer_id uuid NOT NULL,
          account_manager_id text NOT NULL,
          branch_id text NOT NULL,
          territory text NOT NULL,
          product_group text NOT NULL,
          currency text NOT NULL,
          orders integer NOT NULL DEFAULT 0,
          orders_in_group integer NOT NULL DEFAULT 0,
          ordered bigint NOT NULL DEFAULT 0,
          discounts bigint NOT NULL DEFAULT 0,
          credited bigint NOT NULL DEFAULT 0,
          CONSTRAINT turnover_pkey PRIMARY KEY (day, customer_id, account_manager_id, branch_id, territory, product_group, currency)
        );
        COMMENT ON TABLE read_models.turnover IS 'Sales of each day by customer, account manager, branch, territory, product group and currency'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE
        read_models.audit_actions, read_models.customer_sales_history, read_models.customers, read_models.orders, read_models.order_changes, read_models.sales_plans, read_models.plan_contributions, read_models.plan_customers, read_models.stock_requests, read_models.turnover`);
  }
}
