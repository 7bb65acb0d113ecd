import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event whose effect is missing from a projection, since it, or an earlier one of its stream, could not be applied. */
@Entity({ schema: 'read_models', name: 'parked_events' })
export class ParkedEventEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'parked_events_pkey' })
  projection!: string;

  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'parked_events_pkey' })
  position!: string;

  @Column({ type: 'text' })
  stream!: string;

  @Column({ type: 'integer' })
  revision!: number;

  @Column({ name: 'event_id', type: 'uuid' })
  eventId!: string;

  @Column({ type: 'text' })
  type!: string;

  /** What went wrong; none for an event that only stands behind another of its stream. */
  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ name: 'parked_at', type: 'timestamptz', default: () => 'now()' })
  parkedAt!: Date;
}
