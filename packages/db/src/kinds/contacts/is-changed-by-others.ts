import { Prisma } from '../../generated/client.ts';

/**
 * A condition: whether an import of contacts has changed a list contact that another import has made. It does not matter
 * any more once that import is undone: nobody needs the change. An undo that is not completed can still be refused.
 *
 * @param member the name of the list contact's row
 */
export function isChangedByOthers(member: string): Prisma.Sql {
  return Prisma.raw(`(
    ${member}.changed_import_id IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM imports AS other
      WHERE other.account_id = ${member}.account_id
        AND other.id = ${member}.changed_import_id
        AND other.undo_requested_at IS NOT NULL
        AND NOT EXISTS (
          SELECT FROM undo_chunks AS undo
          WHERE undo.account_id = other.account_id AND undo.import_id = other.id AND undo.completed_at IS NULL
        )
    )
  )`);
}
