import type { ImportKind, TracklyClient } from '@trackly/client';

import type { BatchOutcome } from '../imports/outcome.ts';
import type { MappingOptions } from '../mapping/mapping-options.ts';
import type { FileFields } from './file-fields.ts';

/** A completed import, as its journal describes it. */
export interface ImportedFile {
  /** Name of the import. */
  name: string;
  options: MappingOptions;
  /** Whether a version of this command imported it that counts rows in another way. */
  isFormer: boolean;
  /** The outcomes of its batches, by position. */
  outcomes: ReadonlyMap<number, BatchOutcome>;
}

/** What is needed to compare a file with the service. */
export interface Verifying {
  client: TracklyClient;
  file: string;
  /** Name of the file in messages. */
  title: string;
  imported: ImportedFile;
  /** The imports that hold the file's records. */
  importIds: readonly string[];
  /** Returns when an import was accepted; undefined if the service no longer lists it. */
  acceptedAt: (importId: string | null) => string | undefined;
  /** Whether to print progress as JSON. */
  json: boolean;
}

/** The result of comparing a file with the service. */
export interface Verification {
  isSame: boolean;
  /** The result for people. */
  text: string;
  /** The result for programs. */
  details: object;
}

/** What the importer knows about a kind of import. */
export interface FileKind extends FileFields {
  name: ImportKind;
  /**
   * Whether a later record changes what an earlier one has made. So batches are sent one after the other, and undone in the
   * opposite order.
   */
  isOrdered?: true;
  help: {
    /** Names what is imported. */
    noun: string;
    /** An example of a preset file, on one line. */
    preset: string;
    /** Example commands. */
    commands: string;
  };
  /**
   * What the service can say about records that are not rejected, by its word for it: what a dry run notices, and warnings.
   * With a remedy, an import stops if it is so of most records of a batch.
   */
  notices: Readonly<Partial<Record<string, { what: string; remedy?: string }>>>;
  /** What to do first about records that are rejected because they refer to what does not exist, by code. */
  prerequisites: Readonly<Partial<Record<string, string>>>;
  /** Compares an imported file with what the service holds. */
  verify(verifying: Verifying): Promise<Verification>;
  /**
   * Asks the service how many records of an import it holds, even if it no longer lists the import. A kind can do without
   * if it does no harm to import its records again.
   */
  countHeld?(client: TracklyClient, importId: string, signal: AbortSignal): Promise<number>;
}
