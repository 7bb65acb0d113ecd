import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FeedAndRelay1794000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE read_models.feed_positions (
        projection text,
        topic text,
        partition integer,
        version integer NOT NULL,
        next_offset bigint NOT NULL,
        position bigint NOT NULL,
        CONSTRAINT feed_positions_pkey PRIMARY KEY (projection, topic, partition)
      );
      COMMENT ON TABLE read_models.feed_positions IS 'How far a projection that is fed in partitions has come in each';
      COMMENT ON COLUMN read_models.feed_positions.position IS 'Everything of the partition up to here is in the rows';
      CREATE TABLE read_models.feed_holds (
        projection text CONSTRAINT feed_holds_pkey PRIMARY KEY,
        position bigint NOT NULL,
        pid integer NOT NULL,
        backend_start timestamptz NOT NULL
      );
      COMMENT ON TABLE read_models.feed_holds IS 'Where each partition is to stop while a verification compares; void when the session that placed it is gone';
      CREATE TABLE read_models.relay_checkpoint (
        relay text CONSTRAINT relay_checkpoint_pkey PRIMARY KEY DEFAULT 'kafka',
        position bigint NOT NULL,
        event_id uuid,
        log_id text NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE read_models.relay_checkpoint IS 'The last event that was published'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE read_models.relay_checkpoint, read_models.feed_holds, read_models.feed_positions',
    );
  }
}
