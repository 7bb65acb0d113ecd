import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checkpoints are compared and set by one call: what follows in the same packet need not wait for the comparison. */
export class CheckpointsMove1794000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION read_models.move_checkpoints(
        projections text[], versions integer[], epochs integer[], positions bigint[], next_positions bigint[], next_event_ids uuid[]
      ) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        moved integer;
      BEGIN
        UPDATE read_models.checkpoints present
        SET position = move.next_position, event_id = move.next_event_id, updated_at = now()
        FROM unnest(projections, versions, epochs, positions, next_positions, next_event_ids)
          AS move (projection, version, epoch, position, next_position, next_event_id)
        WHERE (present.projection, present.version, present.epoch, present.position) = (move.projection, move.version, move.epoch, move.position);
        GET DIAGNOSTICS moved = ROW_COUNT;
        IF moved <> cardinality(projections) THEN
          RAISE EXCEPTION 'a checkpoint is no longer where it is to be moved from: %', projections USING ERRCODE = 'KT001';
        END IF;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION read_models.move_checkpoints');
  }
}
