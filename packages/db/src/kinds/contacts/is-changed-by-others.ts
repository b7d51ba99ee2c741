import { Prisma } from '../../generated/client.ts';

/**
 * A condition: whether an import of contacts has changed a list contact that another import has made. The change of an
 * import that is undone does not count: nobody needs it. That of an import whose undo is not completed does, because the
 * undo can still be refused.
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
