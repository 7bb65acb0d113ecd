/**
 * The last revision of a stream, -1 for none. It is looked for from the one on that is expected to be it: of a long stream PostgreSQL would
 * else take up a page of revisions. Where none is found the stream is shorter, which `-1` tells as well as its true end.
 */
const lastRevision = (stream: string, expected: string): string =>
  `coalesce((select e.revision from event_log.events e where e.stream = ${stream} and e.revision >= ${expected} order by e.revision desc limit 1), -1)`;

/**
 * The lock comes before anything is looked at and is held to the commit: positions are therefore gapless and rise in the
 * order of commits, so a reader that has seen a position has seen everything before it; and what is read after it
 * (each statement of a volatile function sees what was committed before it began) can't change any more, so a
 * conflict or a repeat is found, not run into. Sets `last_position` and `now_at`, which the function declares.
 */
const takeTurn = `
  -- Of the modes that exclude themselves the weakest: for a stronger one PostgreSQL looks through all sessions' locks each time.
  lock table event_log.identity in share update exclusive mode;

  select e.position, e.recorded_at into last_position, now_at from event_log.events e order by e.position desc limit 1;
  last_position := coalesce(last_position, 0);
  now_at := greatest(coalesce(now_at, 0), floor(extract(epoch from clock_timestamp()) * 1000)::bigint);`.trim();

/**
 * Append many callers' events in one transaction, with an outcome for each.
 *
 * Parameters: per append its stream, the revision expected to be the last (-1: no stream) and its number of events; per event,
 * in the order of the appends, id, type, data and metadata; per stream that must not have moved the number of the append that
 * asks for it (from 1), its name and the last revision that was seen of it.
 */
export const appendFunctions = `
-- Of the versions before: their processes find the new one by its defaults.
drop function if exists event_log.append(text[], integer[], integer[], uuid[], text[], text[], text[]);
drop function if exists event_log.append_one(text, integer, uuid[], text[], text[], text[], bigint);

create or replace function event_log.append(
  streams text[], expected integer[], counts integer[],
  event_ids uuid[], types text[], datas text[], metadatas text[],
  unmoved_of integer[] default '{}', unmoved text[] default '{}', unmoved_since integer[] default '{}'
) returns table (kind text, revision integer, "position" bigint, event_id uuid, stream text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  last_position bigint;
  now_at bigint;
  is_simple boolean;
  first integer := 1;
begin
  ${takeTurn}

  -- A batch is simple with one event an append, every id new and none twice, no revision expected that is still to come, and
  -- no stream moved, neither before nor by the batch itself, that must not have.
  select count(*) = count(distinct a.event_id) and bool_and(a.count = 1 and a.is_new and a.expected <= a.last)
    into is_simple
  from (
    select w.*, not exists (select from event_log.events e where e.event_id = w.event_id) as is_new,
      ${lastRevision('w.stream', 'w.expected')} as last
    from unnest(streams, expected, counts, event_ids) w (stream, expected, count, event_id)
  ) a;
  if cardinality(unmoved) > 0 then
    is_simple := is_simple and not unmoved && streams and event_log.first_moved(unmoved, unmoved_since) is null;
  end if;

  if is_simple then
    -- Of those that expect a stream's last revision the first has its turn, the others come after it. The texts are left where
    -- they are until they are written: each step would copy them.
    return query
      with known as materialized (
        select w.*,
          ${lastRevision('w.stream', 'w.expected')} as last
        from unnest(streams, expected) with ordinality w (stream, expected, n)
      ), judged as (
        select k.*,
          k.expected = k.last and row_number() over (partition by k.stream, k.expected = k.last order by k.n) = 1 as wins
        from known k
      ), placed as (
        select j.*, last_position + count(*) filter (where j.wins) over (order by j.n) as place,
          j.last + (bool_or(j.wins) over (partition by j.stream order by j.n))::integer as actual
        from judged j
      ), written as (
        insert into event_log.events
        select p.place, now_at, event_ids[p.n], p.actual, p.stream, types[p.n], datas[p.n], metadatas[p.n]
        from placed p where p.wins
      )
      select case when p.wins then 'appended' else 'wrong-expected-revision' end, p.actual,
        case when p.wins then p.place end, null::uuid, null::text
      from placed p order by p.n;
  else
    for i in 1 .. cardinality(streams) loop
      return query select * from event_log.append_one(
        streams[i], expected[i], event_ids[first : first + counts[i] - 1], types[first : first + counts[i] - 1],
        datas[first : first + counts[i] - 1], metadatas[first : first + counts[i] - 1], now_at,
        array(select u.stream from unnest(unmoved_of, unmoved) u (of, stream) where u.of = i),
        array(select u.since from unnest(unmoved_of, unmoved_since) u (of, since) where u.of = i));
      first := first + counts[i];
    end loop;
  end if;
  perform pg_notify('event_log', max(e.position)::text) from event_log.events e having max(e.position) > last_position;
end
$$;

-- One event each, to streams that are apart: none is there twice, none must not have moved. Each that may be appended as it is wanted
-- is: its position is answered. Of another null, and append tells what is in the way.
create or replace function event_log.append_apart(
  streams text[], expected integer[], event_ids uuid[], types text[], datas text[], metadatas text[],
  unmoved_of integer[], unmoved text[], unmoved_since integer[]
) returns bigint[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  last_position bigint;
  now_at bigint;
  moved integer[] := '{}';
  written integer;
  is_told boolean;
begin
  ${takeTurn}

  if cardinality(unmoved) > 0 then
    moved := array(
      select u.of from unnest(unmoved_of, unmoved, unmoved_since) u (of, stream, since)
      where u.since <> ${lastRevision('u.stream', 'u.since')});
  end if;
  -- They are looked up by the statement that writes them, and written as they come.
  insert into event_log.events
    select last_position + row_number() over (), now_at, w.event_id, w.expected + 1, w.stream, w.type, w.data, w.metadata
    from unnest(event_ids, expected, streams, types, datas, metadatas)
      with ordinality w (event_id, expected, stream, type, data, metadata, n)
    where not exists (select from event_log.events e where e.event_id = w.event_id)
      and w.expected = ${lastRevision('w.stream', 'w.expected')}
      and w.n <> all (moved);
  get diagnostics written = row_count;
  -- An expression: to perform it, a query would be run.
  is_told := written > 0 and pg_notify('event_log', (last_position + written)::text) is not null;
  if written = cardinality(streams) then
    return array(select generate_series(last_position + 1, last_position + written));
  end if;
  return array(
    select e.position
    from unnest(event_ids) with ordinality w (event_id, n)
    left join event_log.events e on e.event_id = w.event_id and e.position > last_position
    order by w.n);
end
$$;

-- The same of an event alone.
create or replace function event_log.append_alone(
  wanted_stream text, expected integer, new_id uuid, new_type text, new_data text, new_metadata text,
  unmoved text[], unmoved_since integer[]
) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  last_position bigint;
  now_at bigint;
  is_told boolean;
begin
  ${takeTurn}

  if cardinality(unmoved) > 0 and event_log.first_moved(unmoved, unmoved_since) is not null then
    return null;
  end if;
  -- It is looked up by the statement that writes it.
  insert into event_log.events
    select last_position + 1, now_at, new_id, expected + 1, wanted_stream, new_type, new_data, new_metadata
    where not exists (select from event_log.events e where e.event_id = new_id)
      and expected = ${lastRevision('wanted_stream', 'expected')};
  if not found then
    return null;
  end if;
  is_told := pg_notify('event_log', (last_position + 1)::text) is not null;
  return last_position + 1;
end
$$;

-- One append, by the rules of the port: what already stands where it is wanted is a repeat; an id that stands elsewhere
-- is taken; then the streams count that must not have moved, then the revision.
create or replace function event_log.append_one(
  wanted_stream text, expected integer, event_ids uuid[], types text[], datas text[], metadatas text[], now_at bigint,
  unmoved text[], unmoved_since integer[]
) returns table (kind text, revision integer, "position" bigint, event_id uuid, stream text)
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
  in_place integer;
  last_in_place bigint;
  elsewhere record;
  actual integer;
  moved text;
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

  moved := event_log.first_moved(unmoved, unmoved_since);
  if moved is not null then
    return query select 'stream-moved', null::integer, null::bigint, null::uuid, moved;
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

-- Of the streams that must not have moved since these revisions, one that has.
create or replace function event_log.first_moved(streams text[], since integer[]) returns text
language sql stable
as $$
  select u.stream from unnest(streams, since) u (stream, since)
  where u.since <> ${lastRevision('u.stream', 'u.since')}
  limit 1
$$;
`;
