/** First and last day of `2011`, `2011-Q4` or `2011-11`. */
export function daysOf(period: string): { readonly startsOn: string; readonly endsOn: string } {
  const year = period.slice(0, 4);
  const part = period.slice(5);
  const [first, last] = part.startsWith('Q')
    ? [Number(part.slice(1)) * 3 - 2, Number(part.slice(1)) * 3]
    : part
      ? [Number(part), Number(part)]
      : [1, 12];
  const lastDay = new Date(Date.UTC(Number(year), last, 0)).getUTCDate();
  return { startsOn: `${year}-${twoDigits(first)}-01`, endsOn: `${year}-${twoDigits(last)}-${lastDay}` };
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
