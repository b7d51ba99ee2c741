import { Type, type Static } from '@sinclair/typebox';

/** Identifies an import of an account. */
export const ImportRef = Type.Object({ accountId: Type.String(), importId: Type.String() });
export type ImportRef = Static<typeof ImportRef>;

/** Identifies a chunk of an import. */
export const ChunkRef = Type.Composite([ImportRef, Type.Object({ chunkIndex: Type.Integer({ minimum: 0 }) })]);
export type ChunkRef = Static<typeof ChunkRef>;

/** What a worker can do with a chunk. `try` is for dry runs and atomic imports. */
export const tasks = ['save', 'try', 'undo'] as const;
export type Task = (typeof tasks)[number];

/** Cuts a list into chunks of at most `size`, in order. */
export function splitIntoChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
