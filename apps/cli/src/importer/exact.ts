import { Decimal } from 'decimal.js';

/** Decimals whose sums and products are exact, however long. */
export const Exact = Decimal.clone({ precision: 1000 });
export type Exact = Decimal;
