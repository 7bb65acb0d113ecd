import type { ReadinessCheck } from '#kontor/service';
import type { RelayStatus } from './relay-runner.js';

/** What is published is late while the relay is in trouble, but the reports are not: whoever asks for them has to know nothing of it. */
export const relayReadiness = (status: () => RelayStatus): ReadinessCheck => ({
  name: 'relay',
  isDispensable: true,
  check: async () => {
    const { state, position, error } = status();
    return {
      ready: state === 'running' || state === 'waiting-for-lock',
      state,
      ...(position !== undefined && { position: String(position) }),
      ...(error !== undefined && { error }),
    };
  },
});
