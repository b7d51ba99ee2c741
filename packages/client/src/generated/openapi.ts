// Made from docs/openapi.json by "npm run generate:client".

export interface paths {
    "/api/v2/history/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of an import */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    import_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @description What was imported: revenue. */
                            kind: string;
                            /** @enum {string} */
                            status: "processing" | "completed" | "undoing" | "undone";
                            /** @description Whether it was a rehearsal, of which nothing is saved. */
                            dry_run: boolean;
                            /** @description Whether it was to be saved as a whole or not at all. */
                            atomic: boolean;
                            idempotency_key: string | null;
                            record_count: number;
                            processed_count: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            completed_at: string | null;
                            undo?: {
                                /** Format: date-time */
                                requested_at: string;
                                /** Format: date-time */
                                completed_at: string | null;
                                /** @description Revenue records removed so far. */
                                removed_count: number;
                                /** Format: decimal */
                                removed_revenue: string;
                            };
                            result?: {
                                success_count: number;
                                error_count: number;
                                /** Format: decimal */
                                total_revenue: string;
                                errors: {
                                    /** @description Position of the record in the request. */
                                    index: number;
                                    /** @enum {string} */
                                    code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                    error: string;
                                }[];
                            };
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Undo an import */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    import_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @description What was imported: revenue. */
                            kind: string;
                            /** @enum {string} */
                            status: "processing" | "completed" | "undoing" | "undone";
                            /** @description Whether it was a rehearsal, of which nothing is saved. */
                            dry_run: boolean;
                            /** @description Whether it was to be saved as a whole or not at all. */
                            atomic: boolean;
                            idempotency_key: string | null;
                            record_count: number;
                            processed_count: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            completed_at: string | null;
                            undo?: {
                                /** Format: date-time */
                                requested_at: string;
                                /** Format: date-time */
                                completed_at: string | null;
                                /** @description Revenue records removed so far. */
                                removed_count: number;
                                /** Format: decimal */
                                removed_revenue: string;
                            };
                            result?: {
                                success_count: number;
                                error_count: number;
                                /** Format: decimal */
                                total_revenue: string;
                                errors: {
                                    /** @description Position of the record in the request. */
                                    index: number;
                                    /** @enum {string} */
                                    code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                    error: string;
                                }[];
                            };
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @enum {string} */
                            status: "processing" | "undoing";
                            /** @description Tells how far it is, and its outcome. */
                            status_url: string;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/history/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of an import */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    import_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @description What was imported: revenue. */
                            kind: string;
                            /** @enum {string} */
                            status: "processing" | "completed" | "undoing" | "undone";
                            /** @description Whether it was a rehearsal, of which nothing is saved. */
                            dry_run: boolean;
                            /** @description Whether it was to be saved as a whole or not at all. */
                            atomic: boolean;
                            idempotency_key: string | null;
                            record_count: number;
                            processed_count: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            completed_at: string | null;
                            undo?: {
                                /** Format: date-time */
                                requested_at: string;
                                /** Format: date-time */
                                completed_at: string | null;
                                /** @description Revenue records removed so far. */
                                removed_count: number;
                                /** Format: decimal */
                                removed_revenue: string;
                            };
                            result?: {
                                success_count: number;
                                error_count: number;
                                /** Format: decimal */
                                total_revenue: string;
                                errors: {
                                    /** @description Position of the record in the request. */
                                    index: number;
                                    /** @enum {string} */
                                    code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                    error: string;
                                }[];
                            };
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Undo an import */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    import_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @description What was imported: revenue. */
                            kind: string;
                            /** @enum {string} */
                            status: "processing" | "completed" | "undoing" | "undone";
                            /** @description Whether it was a rehearsal, of which nothing is saved. */
                            dry_run: boolean;
                            /** @description Whether it was to be saved as a whole or not at all. */
                            atomic: boolean;
                            idempotency_key: string | null;
                            record_count: number;
                            processed_count: number;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            completed_at: string | null;
                            undo?: {
                                /** Format: date-time */
                                requested_at: string;
                                /** Format: date-time */
                                completed_at: string | null;
                                /** @description Revenue records removed so far. */
                                removed_count: number;
                                /** Format: decimal */
                                removed_revenue: string;
                            };
                            result?: {
                                success_count: number;
                                error_count: number;
                                /** Format: decimal */
                                total_revenue: string;
                                errors: {
                                    /** @description Position of the record in the request. */
                                    index: number;
                                    /** @enum {string} */
                                    code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                    error: string;
                                }[];
                            };
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @enum {string} */
                            status: "processing" | "undoing";
                            /** @description Tells how far it is, and its outcome. */
                            status_url: string;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import historical revenue */
        post: {
            parameters: {
                query?: {
                    /** @description Rehearses the import: the same answer, and nothing is saved. */
                    dry_run?: boolean;
                    /** @description Saves all records or, if one of them fails, none. */
                    atomic?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        records: {
                            /** @description The message that brought the revenue. */
                            message_id: string;
                            /** @description The offer's id, or its external_id. */
                            offer_id: string;
                            /** @description Revenue of the conversion. A number, or a plain decimal string for amounts past 15 digits; rounded half up to 4 decimals. */
                            revenue: number | string;
                            payout?: (number | string) | null;
                            attribution_type?: string | null;
                            timestamp?: string | null;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            success_count: number;
                            error_count: number;
                            /** Format: decimal */
                            total_revenue: string;
                            errors: {
                                /** @description Position of the record in the request. */
                                index: number;
                                /** @enum {string} */
                                code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                error: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @enum {string} */
                            status: "processing" | "undoing";
                            /** @description Tells how far it is, and its outcome. */
                            status_url: string;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/history/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import historical revenue */
        post: {
            parameters: {
                query?: {
                    /** @description Rehearses the import: the same answer, and nothing is saved. */
                    dry_run?: boolean;
                    /** @description Saves all records or, if one of them fails, none. */
                    atomic?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        records: {
                            /** @description The message that brought the revenue. */
                            message_id: string;
                            /** @description The offer's id, or its external_id. */
                            offer_id: string;
                            /** @description Revenue of the conversion. A number, or a plain decimal string for amounts past 15 digits; rounded half up to 4 decimals. */
                            revenue: number | string;
                            payout?: (number | string) | null;
                            attribution_type?: string | null;
                            timestamp?: string | null;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            success_count: number;
                            error_count: number;
                            /** Format: decimal */
                            total_revenue: string;
                            errors: {
                                /** @description Position of the record in the request. */
                                index: number;
                                /** @enum {string} */
                                code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                error: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: uuid
                             * @description The import, as in X-Import-Id.
                             */
                            import_id: string;
                            /** @enum {string} */
                            status: "processing" | "undoing";
                            /** @description Tells how far it is, and its outcome. */
                            status_url: string;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports */
        get: {
            parameters: {
                query?: {
                    status?: "processing" | "completed" | "undoing" | "undone";
                    kind?: string;
                    /** @description Accepted at this time or later: an ISO 8601 date or date-time. */
                    from?: string;
                    /** @description Accepted before this time: an ISO 8601 date or date-time. */
                    to?: string;
                    idempotency_key?: string;
                    /** @description Goes on where a page ended: its next_cursor. */
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            imports: {
                                /**
                                 * Format: uuid
                                 * @description The import, as in X-Import-Id.
                                 */
                                import_id: string;
                                /** @description What was imported: revenue. */
                                kind: string;
                                /** @enum {string} */
                                status: "processing" | "completed" | "undoing" | "undone";
                                /** @description Whether it was a rehearsal, of which nothing is saved. */
                                dry_run: boolean;
                                /** @description Whether it was to be saved as a whole or not at all. */
                                atomic: boolean;
                                idempotency_key: string | null;
                                record_count: number;
                                processed_count: number;
                                /** Format: date-time */
                                created_at: string;
                                /** Format: date-time */
                                completed_at: string | null;
                                undo?: {
                                    /** Format: date-time */
                                    requested_at: string;
                                    /** Format: date-time */
                                    completed_at: string | null;
                                    /** @description Revenue records removed so far. */
                                    removed_count: number;
                                    /** Format: decimal */
                                    removed_revenue: string;
                                };
                                /** @description So far. */
                                success_count: number;
                                /** @description So far. */
                                error_count: number;
                                /** Format: decimal */
                                total_revenue: string;
                            }[];
                            /** @description For the next page; null on the last one. */
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/history/imports/{import_id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that were not imported */
        get: {
            parameters: {
                query?: {
                    /** @description Goes on where a page ended: its next_cursor. */
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    import_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            errors: {
                                /** @description Position of the record in the request. */
                                index: number;
                                /** @enum {string} */
                                code: "invalid_record" | "missing_message_id" | "invalid_message_id" | "missing_offer_id" | "invalid_offer_id" | "missing_revenue" | "invalid_revenue" | "invalid_payout" | "invalid_attribution_type" | "invalid_timestamp" | "message_not_found" | "offer_not_found" | "contact_not_found" | "save_error";
                                error: string;
                                /** @description The record: as it was sent when the checks refused it; with its defaults filled in when it could not be saved. */
                                record: unknown;
                            }[];
                            /** @description For the next page; null on the last one. */
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What revenue adds up to */
        get: {
            parameters: {
                query: {
                    /** @description What the rows are about. A row names it in a field of its own, which the filter of the same name takes. */
                    by: "day" | "month" | "offer" | "list" | "attribution_type" | "import";
                    /** @description Only what occurred at this time or later: an ISO 8601 date or date-time, UTC without a zone. */
                    from?: string;
                    /** @description Only what occurred before this time: an ISO 8601 date or date-time, UTC without a zone. */
                    to?: string;
                    /** @description Only this day, such as 2025-11-15, in UTC. */
                    day?: string;
                    /** @description Only this month, such as 2025-11, in UTC. */
                    month?: string;
                    /** @description Only the offer of this id. */
                    offer?: string;
                    /** @description Only the list of this number. */
                    list?: string;
                    /** @description Only this attribution type. */
                    attribution_type?: string;
                    /** @description Only what the import of this id has brought. */
                    import?: string;
                    /** @description Goes on where a page ended: its next_cursor. */
                    cursor?: string;
                    /** @description Rows of a page, at most. CSV has no pages: it has all rows from the cursor on. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description What the rows are about. A row names it in a field of its own, which the filter of the same name takes.
                             * @enum {string}
                             */
                            by: "day" | "month" | "offer" | "list" | "attribution_type" | "import";
                            /**
                             * Format: date-time
                             * @description From when on, the day or month that was asked for included; null: from the beginning.
                             */
                            from: string | null;
                            /**
                             * Format: date-time
                             * @description Before when; null: to the end.
                             */
                            to: string | null;
                            rows: {
                                /**
                                 * Format: date
                                 * @description In a report by day.
                                 */
                                day?: string;
                                /** @description In a report by month. Such as 2025-11. */
                                month?: string;
                                /** @description In a report by offer. Null for offers that are not in the catalog any more. */
                                offer_id?: string | null;
                                /** @description In a report by offer. Null for offers that are not in the catalog any more. */
                                name?: string | null;
                                /** @description In a report by list. Null for contacts that are not in the catalog any more. */
                                list_number?: string | null;
                                /** @description In a report by attribution_type. */
                                attribution_type?: string;
                                /**
                                 * Format: uuid
                                 * @description In a report by import.
                                 */
                                import_id?: string;
                                record_count: number;
                                /** Format: decimal */
                                revenue: string;
                                /** Format: decimal */
                                payout: string;
                            }[];
                            /** @description Of all rows, whatever the page. */
                            total: {
                                record_count: number;
                                /** Format: decimal */
                                revenue: string;
                                /** Format: decimal */
                                payout: string;
                            };
                            /** @description For the next page; null on the last one. */
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What went wrong, for people. */
                            error: string;
                            /** @description What went wrong, for programs. */
                            code?: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
