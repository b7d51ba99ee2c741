import type { ImportKind, TracklyClient } from '@trackly/client';

import type { BatchOutcome } from '../imports/outcome.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import type { FileFields } from './file-fields.ts';

/** What the journal of an import that is complete says. */
export interface ImportedFile {
  /** Of the import. */
  name: string;
  options: MappingOptions;
  /** Of its batches, by position. */
  outcomes: ReadonlyMap<number, BatchOutcome>;
}

/** What there is to compare a file with the service. */
export interface Verifying {
  client: TracklyClient;
  file: string;
  /** What messages call it. */
  title: string;
  imported: ImportedFile;
  /** The imports that the file became. */
  importIds: readonly string[];
  /** When an import was accepted; undefined when the service has forgotten it. */
  acceptedAt: (importId: string | null) => string | undefined;
  /** Shows progress as JSON. */
  json: boolean;
}

/** What comparing a file with the service has shown. */
export interface Verification {
  isSame: boolean;
  /** For people. */
  text: string;
  /** For programs. */
  details: object;
}

/** A kind of import, as the importer needs it. */
export interface FileKind extends FileFields {
  name: ImportKind;
  help: {
    /** What is imported. */
    noun: string;
    /** A preset file, on one line. */
    preset: string;
    /** Whole commands. */
    commands: string;
  };
  /** Compares what a file should have brought with what the service holds. */
  verify(verifying: Verifying): Promise<Verification>;
  /** Asks the service how many records of an import it holds, which it may have forgotten otherwise. */
  countHeld(client: TracklyClient, importId: string, signal: AbortSignal): Promise<number>;
}
