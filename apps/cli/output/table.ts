import Table from 'cli-table3';

type Align = 'left' | 'right';

/** A table for the terminal, without colours and without lines between rows. */
export const tableOf = (head: string[], colAligns: Align[]): Table.Table =>
  new Table({
    head,
    colAligns,
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
