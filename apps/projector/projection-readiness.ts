import type { RunnerStatus } from '#kontor/read-models';
import type { ReadinessCheck } from '#kontor/service';

/** So long a projection may stand still behind the log before it counts as stuck. */
const STUCK_AFTER_MS = 30_000;

/** Ready while each projection keeps up or at least moves on. One whose lock another process holds stands by, which is as it should be. */
export const projectionReadiness = (status: () => readonly RunnerStatus[]): ReadinessCheck => ({
  name: 'projections',
  check: async () => {
    const projections = status();
    return {
      ready: projections.every(keepsUp),
      ...Object.fromEntries(projections.map((projection) => [projection.projection, described(projection)])),
    };
  },
});

const keepsUp = ({ state, progressedAt }: RunnerStatus): boolean =>
  state === 'waiting-for-lock' ||
  ((state === 'running' || state === 'rebuilding') && Date.now() - progressedAt < STUCK_AFTER_MS);

const described = ({ state, position, lag, parked, error }: RunnerStatus) => ({
  state,
  position: String(position),
  ...(lag !== undefined && { lag: String(lag) }),
  parked,
  ...(error !== undefined && { error }),
});
