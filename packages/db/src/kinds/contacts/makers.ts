import { Prisma } from '../../generated/client.ts';

/**
 * A condition: whether an import that has made or changed a list contact is undone. An undo that is not completed does not
 * count, because it can still be refused.
 *
 * @param member the name of the list contact's row
 * @param column of the import
 */
export function isUndone(member: string, column: 'import_id' | 'changed_import_id'): Prisma.Sql {
  return Prisma.raw(`EXISTS (
    SELECT FROM imports
    WHERE imports.account_id = ${member}.account_id
      AND imports.id = ${member}.${column}
      AND imports.undo_requested_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM undo_chunks AS undo
        WHERE undo.account_id = imports.account_id AND undo.import_id = imports.id AND undo.completed_at IS NULL
      )
  )`);
}

/** Stands for several imports that have changed a list contact. It is never undone, so the changes of none of them get lost. */
const SEVERAL = '00000000-0000-0000-0000-000000000000';

/** An expression: `changed_import_id` of a row in `list_contacts`, now that the import changes it. */
export function changedBy(importId: string): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN list_contacts.import_id = ${importId}::uuid THEN list_contacts.changed_import_id
    WHEN coalesce(list_contacts.changed_import_id, ${importId}::uuid) = ${importId}::uuid
      OR ${isUndone('list_contacts', 'changed_import_id')} THEN ${importId}::uuid
    ELSE ${SEVERAL}::uuid
  END`;
}

/**
 * A condition: whether an import of contacts has changed a list contact that another import has made. The change of an
 * import that is undone does not count: nobody needs it.
 *
 * @param member the name of the list contact's row
 */
export function isChangedByOthers(member: string): Prisma.Sql {
  return Prisma.sql`(
    ${Prisma.raw(member)}.changed_import_id IS NOT NULL AND NOT ${isUndone(member, 'changed_import_id')}
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
    AND ${isUndone(member, 'import_id')}
    AND NOT ${isChangedByOthers(member)}
  )`;
}
