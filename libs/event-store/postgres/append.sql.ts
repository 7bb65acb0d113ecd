/**
 * Appends many callers' events in one transaction, with an outcome for each.
 *
 * The lock comes before anything is looked at and is held to the commit: positions are therefore gapless and rise in the
 * order of commits, so a reader that has seen a position has seen everything before it; and what is read after it
 * (each statement of a volatile function sees what was committed before it began) can't change any more, so a
 * conflict or a repeat is found, not run into.
 *
 * Parameters: per append its stream, the revision expected to be the last (-1: no stream) and its number of events; per event,
 * in the order of the appends, id, type, data and metadata.
 */
export const appendFunction = `
create or replace function event_log.append(
  streams text[], expected integer[], counts integer[],
  event_ids uuid[], types text[], datas text[], metadatas text[]
) returns table (kind text, revision integer, "position" bigint, event_id uuid, stream text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  last_position bigint;
  now_at bigint;
  is_plain boolean;
  first integer := 1;
begin
  lock table event_log.identity in share row exclusive mode;

  select e.position, e.recorded_at into last_position, now_at from event_log.events e order by e.position desc limit 1;
  last_position := coalesce(last_position, 0);
  now_at := greatest(coalesce(now_at, 0), floor(extract(epoch from clock_timestamp()) * 1000)::bigint);

  -- A batch as most are: one event an append, no stream and no id twice, every id new, every revision the expected one.
  select count(*) = count(distinct a.stream) and count(*) = count(distinct a.event_id)
    and bool_and(
      a.count = 1
      and not exists (select from event_log.events e where e.event_id = a.event_id)
      and a.expected = coalesce(
        (select e.revision from event_log.events e where e.stream = a.stream order by e.revision desc limit 1), -1))
    into is_plain
  from unnest(streams, expected, counts, event_ids) a (stream, expected, count, event_id);

  if is_plain then
    insert into event_log.events
      select last_position + n, now_at, a.event_id, a.expected + 1, a.stream, a.type, a.data, a.metadata
      from unnest(streams, expected, event_ids, types, datas, metadatas)
        with ordinality a (stream, expected, event_id, type, data, metadata, n);
    return query
      select 'appended', a.expected + 1, last_position + n, null::uuid, null::text
      from unnest(expected) with ordinality a (expected, n);
    perform pg_notify('event_log', (last_position + cardinality(streams))::text);
  else
    for i in 1 .. cardinality(streams) loop
      return query select * from event_log.append_one(
        streams[i], expected[i], event_ids[first : first + counts[i] - 1], types[first : first + counts[i] - 1],
        datas[first : first + counts[i] - 1], metadatas[first : first + counts[i] - 1], now_at);
      first := first + counts[i];
    end loop;
    perform pg_notify('event_log', max(e.position)::text) from event_log.events e having max(e.position) > last_position;
  end if;
end
$$;

-- One append, by the rules of the port: what already stands where it is wanted is a repeat; an id that stands elsewhere
-- is taken; then the revision counts.
create or replace function event_log.append_one(
  wanted_stream text, expected integer, event_ids uuid[], types text[], datas text[], metadatas text[], now_at bigint
) returns table (kind text, revision integer, "position" bigint, event_id uuid, stream text)
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  in_place integer;
  last_in_place bigint;
  elsewhere record;
  actual integer;
  last_position bigint;
begin
  select count(*), max(e.position) into in_place, last_in_place
  from unnest(event_ids) with ordinality w (id, n)
  join event_log.events e on e.event_id = w.id and e.stream = wanted_stream and e.revision = expected + w.n;
  if in_place = cardinality(event_ids) then
    return query select 'repeated', expected + in_place, last_in_place, null::uuid, null::text;
    return;
  end if;

  select e.event_id, e.stream, e.revision into elsewhere
  from unnest(event_ids) with ordinality w (id, n)
  join event_log.events e on e.event_id = w.id and (e.stream <> wanted_stream or e.revision <> expected + w.n)
  order by w.n limit 1;
  if found then
    return query select 'event-id-taken', elsewhere.revision, null::bigint, elsewhere.event_id, elsewhere.stream;
    return;
  end if;

  select coalesce(max(e.revision), -1) into actual from event_log.events e where e.stream = wanted_stream;
  if actual <> expected then
    return query select 'wrong-expected-revision', actual, null::bigint, null::uuid, null::text;
    return;
  end if;

  select coalesce(max(e.position), 0) into last_position from event_log.events e;
  insert into event_log.events
    select last_position + w.n, now_at, w.id, expected + w.n, wanted_stream, w.type, w.data, w.metadata
    from unnest(event_ids, types, datas, metadatas) with ordinality w (id, type, data, metadata, n);
  return query select 'appended', expected + cardinality(event_ids), last_position + cardinality(event_ids), null::uuid, null::text;
end
$$;
`;
