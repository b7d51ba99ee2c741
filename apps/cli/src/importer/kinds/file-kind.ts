import type { ImportKind, TracklyClient } from '@trackly/client';

import type { MappingOptions } from '../mapping/mapping-options.ts';

/** What a field of a record holds, and so how a file may write it: amounts may be products of columns. */
export type FieldType = 'text' | 'amount' | 'time';

/** A field of a record, as files have it. */
export interface FileField {
  type: FieldType;
  /** Without it there is no record. */
  isRequired?: boolean;
}

/** A kind of import, as the importer needs it. */
export interface FileKind {
  name: ImportKind;
  /** In the order in which people expect them. */
  fields: Readonly<Record<string, FileField>>;
  /** What is known about the exports of platforms. */
  presets: ReadonlyMap<string, MappingOptions>;
  /** How values of --map and --default look. */
  examples: { map: string; default: string };
  help: {
    /** What is imported. */
    noun: string;
    /** A preset file, on one line. */
    preset: string;
    /** Whole commands. */
    commands: string;
  };
  /** Asks the service how many records of an import it holds, which it may have forgotten otherwise. */
  countHeld(client: TracklyClient, importId: string, signal: AbortSignal): Promise<number>;
}

/** The fields without which there is no record. */
export function requiredFields({ fields }: FileKind): string[] {
  return Object.keys(fields).filter((field) => fields[field]?.isRequired);
}
