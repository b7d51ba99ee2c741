/** How amounts are written: grouping and decimal mark of a region. */
export const AMOUNT_FORMS = ['us', 'eu', 'ch'] as const;
export type AmountForm = (typeof AMOUNT_FORMS)[number];

/** An amount of each form, and a plain decimal. */
export const EXAMPLES = { plain: '24.99', us: '1,234.50', eu: '1.234,50', ch: "1'234.50" };
