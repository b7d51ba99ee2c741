/** Estimates of a contact and of its row on a list, on disk with their shares of the indexes. */
export const CONTACT_BYTES = 250;
export const LIST_CONTACT_BYTES = 420;

/**
 * The same of details, in SQL: an expression that is 0 if there is no such row. Long ones add more than their length, because
 * fewer rows fit on a page.
 */
export function detailsBytes({
  customFields,
  ipAddress,
  url,
}: Record<'customFields' | 'ipAddress' | 'url', string>): string {
  const texts = [`${customFields}::text`, ipAddress, url].map((text) => `coalesce(octet_length(${text}), 0)`);
  return `CASE WHEN ${customFields} IS NULL THEN 0 ELSE 100 + (${texts.join(' + ')}) * 9 / 8 END`;
}
