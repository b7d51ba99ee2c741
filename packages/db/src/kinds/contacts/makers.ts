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
    SELECT FROM imports AS other
    WHERE other.account_id = ${member}.account_id
      AND other.id = ${member}.${column}
      AND other.undo_requested_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM undo_chunks AS undo
        WHERE undo.account_id = other.account_id AND undo.import_id = other.id AND undo.completed_at IS NULL
      )
  )`);
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
