/** The middle of some numbers, and how far they are apart. */
export interface Summary {
  median: number;
  min: number;
  max: number;
}

export function summarize(numbers: readonly number[]): Summary {
  return { median: quantile(numbers, 0.5), min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** The value that the given share of the numbers is not above, in between where it falls between two; NaN of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(position)] ?? NaN, sorted[Math.ceil(position)] ?? NaN];
  return below + (above - below) * (position - Math.floor(position));
}

/** How steep the line is that lies closest to some points, by least squares. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
