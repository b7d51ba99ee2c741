import { Type, type Static } from '@sinclair/typebox';

import { textOrNull, timeOrNull } from '../nullable.ts';
import { pageParameters, Pagination } from '../pagination.ts';

/** The states of a list. An administrator chooses it. */
export const listStatuses = ['active', 'inactive'] as const;
export type ListStatus = (typeof listStatuses)[number];
const ListStatusSchema = Type.Unsafe<ListStatus>({ type: 'string', enum: [...listStatuses] });

export const ListsQuery = Type.Object(
  { status: Type.Optional(ListStatusSchema), ...pageParameters({ default: 1000, maximum: 1000 }) },
  { additionalProperties: false },
);

/** A list: the number from which messages are sent. */
export const SendingList = Type.Object(
  {
    id: Type.Integer(),
    phone_number: Type.String({ description: 'Its number: + and 7 to 15 digits, or a short code of 4 to 8 digits.' }),
    brand_name: textOrNull('Null if the administrator has not given one.'),
    list_name: textOrNull('Null if the administrator has not given one.'),
    list_type: textOrNull('Null if the administrator has not given one.'),
    status: ListStatusSchema,
    contact_count: Type.Integer({ minimum: 0, description: 'The number of contacts on the list, active or not.' }),
    created_at: timeOrNull('Null if it is not known.'),
  },
  { title: 'SendingList' },
);
export type SendingList = Static<typeof SendingList>;

export const SendingLists = Type.Object(
  { lists: Type.Array(SendingList), pagination: Pagination },
  { title: 'SendingListsResponse' },
);
