/** For a machine of two cores and a few gigabytes that PostgreSQL shares with the applications. */
export const settings: Readonly<Record<string, string>> = {
  // An acknowledged event survives a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',

  // With half of it projections took a sixth longer for a million events: their indexes by order and by customer, which are written at
  // random places, no longer had room.
  shared_buffers: '512MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  // The usual sample, of 30,000 rows, kept a core at work for three of every twenty seconds in which the log grew, and reports came late. Plans
  // are no worse by a tenth of it: reports over a million order lines take as long.
  default_statistics_target: '10',

  wal_buffers: '16MB',
  // This build knows pglz only: after a checkpoint, when pages go to the WAL whole, that took more time than all else of a catch-up.
  wal_compression: 'off',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',

  log_timezone: 'UTC',
  timezone: 'UTC',
  lc_messages: 'C',
};
