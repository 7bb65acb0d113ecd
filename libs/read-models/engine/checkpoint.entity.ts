import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a projection has come; moved in the same transaction as its rows. */
@Entity({ schema: 'read_models', name: 'checkpoints' })
export class CheckpointEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'checkpoints_pkey' })
  projection!: string;

  /** Version of the projection that made the rows. */
  @Column({ type: 'integer' })
  version!: number;

  /** Everything up to here is in the rows, or parked. */
  @Column({ type: 'bigint' })
  position!: string;

  /** The event at the position; none before the first. */
  @Column({ name: 'event_id', type: 'uuid', nullable: true })
  eventId!: string | null;

  @Column({ name: 'log_id', type: 'text' })
  logId!: string;

  /** Counts what was done to the rows besides following the log (a rebuild, a replay of parked events): its runner then looks again. */
  @Column({ type: 'integer', default: 0 })
  epoch!: number;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
