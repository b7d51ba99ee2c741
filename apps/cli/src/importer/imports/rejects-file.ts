import type { FileHandle } from 'node:fs/promises';

import { stringify } from 'csv-stringify/sync';

import type { Input, Row } from '../files/input.ts';
import { rejectColumns } from '../files/reject-columns.ts';
import type { Batch, Rejection } from './batches.ts';
import { openOwnFile } from './own-file.ts';

const BYTE_ORDER_MARK = '\uFEFF';

type OwnFormat = Pick<Input, 'format' | 'columns' | 'delimiter' | 'hasByteOrderMark'>;

/** The file of rejected rows, as they are in the input, each with the reason. Once corrected, it can be imported. */
export class RejectsFile {
  readonly #file: string;
  readonly #input: OwnFormat;
  readonly #keep: boolean;
  readonly #mode: number;
  #handle: FileHandle | undefined;
  #count = 0;

  /**
   * @param keep whether to leave an existing file unchanged, because it already has all rejected rows
   * @param mode of the file, if it is new
   */
  constructor(file: string, input: OwnFormat, { keep, mode }: { keep: boolean; mode: number }) {
    this.#file = file;
    this.#input = input;
    this.#keep = keep;
    this.#mode = mode;
  }

  /** The path of the file; undefined if no row was rejected. */
  get written(): string | undefined {
    return this.#count > 0 ? this.#file : undefined;
  }

  async write(batch: Batch, rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length === 0) return;
    this.#count += rejections.length;
    if (this.#keep) return;
    const lines = rejections.flatMap((rejection) => {
      const row = batch.rows[rejection.row];
      return row ? [this.#describe(row, rejection)] : [];
    });
    if (!this.#handle) {
      this.#handle = await openOwnFile(this.#file, { mode: this.#mode });
      if (this.#input.format === 'csv') {
        const header = this.#toCsv([...rejectColumns, ...this.#ownCells(this.#input.columns)]);
        // Excel needs the mark to read UTF-8.
        lines.unshift(`${this.#input.hasByteOrderMark ? BYTE_ORDER_MARK : ''}${header}`);
      }
    }
    await this.#handle.appendFile(lines.join(''));
  }

  async close(): Promise<void> {
    await this.#handle?.datasync();
    await this.#handle?.close();
  }

  #describe(row: Row, { code, error }: Rejection): string {
    if (this.#input.format === 'csv') return this.#toCsv([String(row.line), code, error, ...this.#ownCells(row.cells)]);
    const reason = JSON.stringify({ rejected_line: row.line, rejected_code: code, rejected_error: error });
    const text = row.cells[0] ?? '';
    const rest = row.problem === undefined ? withoutReason(text) : `"text":${JSON.stringify(text)}}`;
    return `${reason.slice(0, -1)}${rest === '}' ? '' : ','}${rest}\n`;
  }

  /** Removes the columns that an earlier rejects file has added. */
  #ownCells(cells: readonly string[]): readonly string[] {
    const isRejectsFile = rejectColumns.every((column, index) => this.#input.columns[index] === column);
    return isRejectsFile ? cells.slice(rejectColumns.length) : cells;
  }

  #toCsv(cells: readonly string[]): string {
    return stringify([[...cells]], { delimiter: this.#input.delimiter });
  }
}

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const REASON = new RegExp(`^"rejected_line":\\d+,"rejected_code":${STRING},"rejected_error":${STRING},?`);

/** The text of a JSON object after its opening brace, without the fields that an earlier rejects file has added. */
function withoutReason(object: string): string {
  return object.trim().slice(1).trimStart().replace(REASON, '');
}
