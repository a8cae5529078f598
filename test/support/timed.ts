/**
 * For files whose tests measure time: what else the machine does meanwhile must not fail them. A
 * test that fails is run again after the others, twice at most, and what went wrong is printed; what
 * is too slow by itself fails each time.
 */
jest.retryTimes(2, { logErrorsBeforeRetry: true });
