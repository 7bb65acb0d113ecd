/**
 * One table, in the order of the log, and the three indexes that the rules need: position, place in the stream, event id.
 * Text in the order of its bytes, so that every server sorts alike.
 */
export const createTables = `
create schema if not exists event_log;

create table if not exists event_log.events (
  position    bigint  not null,
  recorded_at bigint  not null,
  event_id    uuid    not null,
  revision    integer not null,
  stream      text    collate "C" not null,
  type        text    collate "C" not null,
  data        text    collate "C" not null,
  metadata    text    collate "C" not null,
  constraint events_position primary key (position),
  constraint events_place unique (stream, revision),
  constraint events_event_id unique (event_id)
)
-- Rows that fit a page stay in it as they are. By default those above 2 kB are compressed.
with (toast_tuple_target = 8160);
comment on table event_log.events is 'The event log. Written by the append functions only, never changed.';
comment on column event_log.events.position is 'Gapless, in commit order, from 1.';
comment on column event_log.events.recorded_at is 'Milliseconds since 1970, never decreasing along the log.';
comment on column event_log.events.revision is 'Number within the stream, from 0, gapless.';
comment on column event_log.events.data is 'JSON, exactly as it was handed in.';

create table if not exists event_log.identity (
  log_id uuid not null,
  one    boolean primary key default true check (one)
);
comment on table event_log.identity is 'One row, made with the log. An append locks this table until its commit.';
insert into event_log.identity (log_id) values (gen_random_uuid()) on conflict do nothing;
`;
