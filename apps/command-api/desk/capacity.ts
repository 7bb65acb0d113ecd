/** As many commands as are under way at once; each may hold a megabyte. */
const MAX_UNDER_WAY = 1_024;

/** Keeps what is under way within bounds: a single call is turned away (429), a stream's line waits for its turn. */
export class Capacity {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  /** False: no room now. */
  tryEnter(): boolean {
    if (this.underWay >= MAX_UNDER_WAY) return false;
    this.underWay++;
    return true;
  }

  async enter(): Promise<void> {
    if (this.tryEnter()) return;
    // Whoever leaves hands its place on.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.underWay--;
  }
}
