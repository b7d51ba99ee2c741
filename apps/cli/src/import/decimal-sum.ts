const DECIMALS = 4;

/** Adds plain decimals of at most four places exactly. */
export class DecimalSum {
  #tenThousandths = 0n;

  add(decimal: string): void {
    const [integer = '', fraction = ''] = decimal.split('.');
    this.#tenThousandths += BigInt(integer + fraction.padEnd(DECIMALS, '0'));
  }

  /** A plain decimal without trailing zeros. */
  toString(): string {
    const digits = this.#tenThousandths.toString().padStart(DECIMALS + 1, '0');
    const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
    return digits.slice(0, -DECIMALS) + (fraction && `.${fraction}`);
  }
}
