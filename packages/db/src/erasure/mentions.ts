import { Prisma } from '../generated/client.ts';

/**
 * The last digits of a number, which it has in every form in which people write it: with or without the country, a zero,
 * or anything between the digits.
 */
const TAIL = 8;

/** Finds a phone number in texts, however it is written. May also find it where it is not meant. */
export function mentions(phoneNumber: string) {
  const digits = phoneNumber.replaceAll(/\D/g, '').slice(-TAIL);
  return {
    /** A condition on a text, which may be null. */
    isMentioned: (text: string) =>
      Prisma.sql`coalesce(strpos(regexp_replace(${Prisma.raw(text)}, '\\D', '', 'g'), ${digits}) > 0, false)`,
  };
}
