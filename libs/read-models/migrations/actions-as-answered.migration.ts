import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told of an action is kept as it is answered, beside what actions are looked up by (ADR 21). */
export class ActionsAsAnswered1794000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await replaceTable(
      runner,
      `position bigint NOT NULL,
       type text NOT NULL,
       outcome text NOT NULL,
       actor_id text NOT NULL,
       on_behalf_of text,
       branch_id text,
       customer_id uuid,
       order_id uuid,
       day date NOT NULL,
       action json NOT NULL`,
      `SELECT position, type, outcome, actor_id, on_behalf_of, branch_id, customer_id, order_id, day, json_build_object(
         'position', position::text,
         'eventId', event_id,
         'stream', stream,
         'revision', revision,
         'type', type,
         'outcome', outcome,
         'code', code,
         'figures', figures,
         'amount', CASE WHEN amount IS NOT NULL THEN json_build_object('amount', amount, 'currency', currency) END,
         'actor', json_build_object('actorId', actor_id, 'role', role),
         'onBehalfOf', on_behalf_of,
         'authority', json_build_object('kind', authority_kind, 'reference', authority_reference),
         'branchId', branch_id,
         'customerId', customer_id,
         'orderId', order_id,
         'commandId', command_id,
         'correlationId', correlation_id,
         'occurredAt', to_char(occurred_at AT TIME ZONE 'UTC' + utc_offset * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS')
           || CASE WHEN utc_offset < 0 THEN '-' ELSE '+' END || to_char(abs(utc_offset) * interval '1 minute', 'HH24:MI'),
         'recordedAt', to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceTable(
      runner,
      `position bigint NOT NULL,
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
       recorded_at timestamptz(3) NOT NULL`,
      `SELECT position, (action ->> 'eventId')::uuid, action ->> 'stream', (action ->> 'revision')::integer, type, outcome,
         action ->> 'code', (action ->> 'figures')::jsonb, actor_id, action #>> '{actor,role}', on_behalf_of,
         action #>> '{authority,kind}', action #>> '{authority,reference}', branch_id, customer_id, order_id,
         (action #>> '{amount,amount}')::bigint, action #>> '{amount,currency}', (action ->> 'commandId')::uuid,
         (action ->> 'correlationId')::uuid, (action ->> 'occurredAt')::timestamptz,
         extract(epoch FROM right(action ->> 'occurredAt', 6)::interval)::integer / 60, day,
         (action ->> 'recordedAt')::timestamptz`,
    );
  }
}

/** A new table rather than other columns: columns that are dropped stay in the old one's rows. */
async function replaceTable(runner: QueryRunner, columns: string, rows: string): Promise<void> {
  await runner.query(`
    DROP VIEW IF EXISTS reporting.audit_actions;
    CREATE TABLE read_models.next_audit_actions (${columns});
    INSERT INTO read_models.next_audit_actions ${rows} FROM read_models.audit_actions ORDER BY position;
    DROP TABLE read_models.audit_actions;
    ALTER TABLE read_models.next_audit_actions RENAME TO audit_actions;
    ALTER TABLE read_models.audit_actions ADD CONSTRAINT audit_actions_pkey PRIMARY KEY (position);
    CREATE INDEX audit_actions_actor ON read_models.audit_actions (actor_id, position);
    CREATE INDEX audit_actions_order ON read_models.audit_actions (order_id, position) WHERE order_id is not null;
    CREATE INDEX audit_actions_customer ON read_models.audit_actions (customer_id, position) WHERE customer_id is not null;
    CREATE INDEX audit_actions_on_behalf_of ON read_models.audit_actions (on_behalf_of, position) WHERE on_behalf_of is not null;
    CREATE INDEX audit_actions_refused ON read_models.audit_actions (position) WHERE outcome = 'refused';
    COMMENT ON TABLE read_models.audit_actions IS 'Every action, accepted or refused, one row for each event'`);
}
