import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EngineTables1794000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Where the query API has a role of its own, it reads whatever tables are made here from now on.
    await runner.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kontor_query') THEN
          GRANT USAGE ON SCHEMA read_models TO kontor_query;
          ALTER DEFAULT PRIVILEGES IN SCHEMA read_models GRANT SELECT ON TABLES TO kontor_query;
        END IF;
      END $$`);
    await runner.query(`
      CREATE TABLE read_models.checkpoints (
        projection text CONSTRAINT checkpoints_pkey PRIMARY KEY,
        version integer NOT NULL,
        position bigint NOT NULL,
        event_id uuid,
        log_id text NOT NULL,
        epoch integer NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE read_models.parked_events (
        projection text,
        position bigint,
        stream text NOT NULL,
        revision integer NOT NULL,
        event_id uuid NOT NULL,
        type text NOT NULL,
        error text,
        parked_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT parked_events_pkey PRIMARY KEY (projection, position)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE read_models.parked_events, read_models.checkpoints');
  }
}
