/** What a shell gets to see; told in `kontor --help`. */
export const ExitCode = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  notAsItShouldBe: 3,
  notReachable: 4,
  interrupted: 130,
} as const;

export const exitCodesHelp = `
Exit codes:
  0    done
  1    failed: the reason is on standard error
  2    wrong usage: an option, a file or a port that can't be used
  3    finished, but not as it should be: commands were refused, totals differ, a projection differs from its replay
  4    a service did not answer; the same line resumes where it stopped
  130  interrupted
`;
