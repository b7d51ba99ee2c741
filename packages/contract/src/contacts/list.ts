import { Type, type Static } from '@sinclair/typebox';

import { ExactNumber } from '../exact-number.ts';
import { textOrNull, timeOrNull } from '../nullable.ts';
import { pageParameters, Pagination } from '../pagination.ts';
import { LIST_NUMBER_PATTERN, PHONE_NUMBER_PATTERN } from '../phone-number.ts';

export const ContactListQuery = Type.Object(
  {
    list_number: Type.Optional(
      Type.String({ pattern: LIST_NUMBER_PATTERN, description: 'Contacts of the list with this number.' }),
    ),
    active: Type.Optional(Type.Boolean({ description: 'Contacts that are active on their list, or that are not.' })),
    phone_number: Type.Optional(
      Type.String({
        pattern: PHONE_NUMBER_PATTERN,
        description: 'The contact with this number, on each of its lists. Write the + as %2B.',
      }),
    ),
    ...pageParameters({ default: 50, maximum: 1000 }),
  },
  { additionalProperties: false },
);
export type ContactListQuery = Static<typeof ContactListQuery>;

const unknown = (type: string, what: string) =>
  Type.Unsafe<null>({ type: [type, 'null'], description: `Always null: this service does not look up ${what}.` });

const ListedContact = Type.Object(
  {
    id: Type.Integer({ description: 'The id of the contact on its list.' }),
    contact_id: Type.Integer({ description: 'The id of the contact, the same on all of its lists.' }),
    phone_number: textOrNull('Null: a person that was erased, of whom only the sums are left.'),
    list_number: Type.String(),
    active: Type.Boolean(),
    signup_date: timeOrNull('When the contact signed up for the list; null if that is not known.'),
    signup_method: textOrNull(
      'How the contact came to the list: "api", or "import" if an import of sends has made it; null if that is not known.',
    ),
    ip_address: textOrNull('The address from which the contact signed up.'),
    url: textOrNull('The page on which the contact signed up.'),
    custom_fields: Type.Object({}, { additionalProperties: true }),
    send_count: Type.Integer({ minimum: 0 }),
    last_sent_at: timeOrNull('The time of the latest message.'),
    revenue_total: ExactNumber,
    conversion_count: Type.Integer({ minimum: 0 }),
    last_revenue_at: timeOrNull('The time of the latest revenue.'),
    click_count: Type.Integer({ minimum: 0, description: 'Always 0: this service has no clicks.' }),
    last_clicked_at: timeOrNull('Always null: this service has no clicks.'),
    is_valid: unknown('boolean', 'numbers'),
    carrier: unknown('string', 'carriers'),
    line_type: unknown('string', 'numbers'),
    timezone: unknown('string', 'time zones'),
  },
  { title: 'ListedContact' },
);
export type ListedContact = Static<typeof ListedContact>;

/** A page of an account's contacts, the latest sign-up first. */
export const ContactList = Type.Object(
  { contacts: Type.Array(ListedContact), pagination: Pagination },
  { title: 'ContactListResponse' },
);

/** The answer to a request that adds or changes one contact. */
export const ContactSaved = Type.Object(
  {
    success: Type.Literal(true),
    contact_id: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'The id of the contact, the same on all of its lists. Null if a dry run would make it.',
    }),
    list_contact_id: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'The id of the contact on its list. Null if a dry run would make it.',
    }),
    is_new_contact: Type.Boolean({ description: 'Whether the account did not have the phone number before.' }),
    is_new_list_contact: Type.Boolean({ description: 'Whether the contact was not on the list before.' }),
    journeys_enrolled: Type.Integer({ description: 'Always 0: this service has no journeys.' }),
  },
  { title: 'ContactResponse' },
);
export type ContactSaved = Static<typeof ContactSaved>;
