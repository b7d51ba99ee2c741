const DATES = [
  'M/d/yyyy',
  'd/M/yyyy',
  'd.M.yyyy',
  'yyyy/M/d',
  'yyyy.M.d',
  'd-M-yyyy',
  'M-d-yyyy',
  'yyyyMMdd',
  'M/d/yy',
  'd/M/yy',
  'd.M.yy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'MMM d, yyyy',
  'MMM d yyyy',
  'd MMM yyyy',
  'MMMM d, yyyy',
  'd MMMM yyyy',
];
const CLOCKS = ['H:mm', 'H:mm:ss', 'H:mm:ss.SSS', 'h:mm a', 'h:mm:ss a', 'H:mm ZZZ', 'H:mm:ss ZZZ'];
const BETWEEN = [' ', ', '];

/**
 * The values of --date-format that are tried on times that cannot be read. Of formats that read the same texts, the
 * first is the one to suggest.
 */
export const KNOWN_DATE_FORMATS: readonly string[] = [
  ...DATES,
  ...DATES.flatMap((date) => BETWEEN.flatMap((between) => CLOCKS.map((clock) => `${date}${between}${clock}`))),
  'yyyyMMddHHmmss',
  'EEE, d MMM yyyy H:mm:ss ZZZ',
  "yyyy-MM-dd'T'HH:mm:ss.SSSZZZ",
  'excel',
  'X',
  'x',
];
