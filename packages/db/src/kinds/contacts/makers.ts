import { Prisma } from '../../generated/client.ts';

/**
 * How many imports a list contact knows that have changed it. Each keeps its maker from being undone. The change of another
 * import gets lost only if all of these, and the maker, are undone.
 */
const MOST_CHANGERS = 100;

/**
 * A condition: whether an import is undone. An undo that is not completed does not count, because it can still be refused.
 *
 * @param importId a column with its id
 * @param member the name of the list contact's row, which is of the same account
 */
function isUndone(importId: string, member: string): Prisma.Sql {
  return Prisma.raw(`EXISTS (
    SELECT FROM imports
    WHERE imports.account_id = ${member}.account_id
      AND imports.id = ${importId}
      AND imports.undo_requested_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM undo_chunks AS undo
        WHERE undo.account_id = imports.account_id AND undo.import_id = imports.id AND undo.completed_at IS NULL
      )
  )`);
}

/** A condition: whether the import that has made a list contact is undone. */
export function isMakerUndone(member: string): Prisma.Sql {
  return isUndone(`${member}.import_id`, member);
}

/** An expression: `changed_import_ids` of a row in `list_contacts`, now that the import changes it. */
export function changedBy(importId: string): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN list_contacts.import_id = ${importId}::uuid
      OR ${importId}::uuid = ANY (list_contacts.changed_import_ids)
      OR cardinality(list_contacts.changed_import_ids) >= ${MOST_CHANGERS}
    THEN list_contacts.changed_import_ids
    ELSE array_append(
      (
        SELECT array_agg(changer.id)
        FROM unnest(list_contacts.changed_import_ids) AS changer (id)
        WHERE NOT ${isUndone('changer.id', 'list_contacts')}
      ),
      ${importId}::uuid
    )
  END`;
}

/**
 * A condition: whether imports of contacts have changed a list contact that another import has made. The change of an
 * import that is undone does not count: nobody needs it.
 *
 * @param member the name of the list contact's row
 */
export function isChangedByOthers(member: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM unnest(${Prisma.raw(member)}.changed_import_ids) AS changer (id)
    WHERE NOT ${isUndone('changer.id', member)}
  )`;
}

/**
 * A condition: whether nobody needs a list contact any more. Its maker is undone, but has left it because others needed it.
 *
 * @param member the name of the list contact's row
 */
export function isForsaken(member: string): Prisma.Sql {
  const row = Prisma.raw(member);
  return Prisma.sql`(
    ${row}.send_count = 0
    AND ${row}.conversion_count = 0
    AND ${isMakerUndone(member)}
    AND NOT ${isChangedByOthers(member)}
  )`;
}
