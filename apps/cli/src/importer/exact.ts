import { Decimal } from 'decimal.js';

/** Decimals with 1,000 significant digits, so that sums and products of amounts are exact. */
export const Exact = Decimal.clone({ precision: 1000 });
export type Exact = Decimal;
