export { MAX_AMOUNT, roundAmount } from './amount.ts';
export { ChunkRef, ImportRef, splitIntoChunks } from './chunk.ts';
export { requestErrors, type RequestErrorCode } from './errors.ts';
export { ErrorResponse, ImportResponse, ProcessingResponse } from './responses.ts';
export { compile, type Check } from './validation.ts';
export { checkUnknownRecords, checkValidRecords, type CheckedBatch, type CheckedRecord } from './revenue/check.ts';
export { revenueRecordErrors, RevenueRejection, type RevenueRecordErrorCode } from './revenue/errors.ts';
export { MAX_RECORDS, RevenueImportRequest, RevenueRecord } from './revenue/request.ts';
export { RevenueImportResponse, toRevenueResponse, type RevenueOutcome } from './revenue/response.ts';
