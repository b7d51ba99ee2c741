import fc from 'fast-check';

/** Every run tries the same values, so that a failure is there again for the next; FAST_CHECK_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 1) });
