const TAIL = 0.02425;

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const B = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

/** Quantile of the standard normal for 0 < p < 1, relative error below 1.2e-9: P. J. Acklam (2003). */
function quantile(p: number): number {
  if (p > 0.5) return -quantile(1 - p);
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p));
    return horner(C, q) / horner(D, q);
  }
  const q = p - 0.5;
  return (horner(A, q * q) * q) / horner(B, q * q);
}

const tables = new Map<number, Float64Array>();

/**
 * Normal scores of ranks among `n`, G. Blom (1958): at index 2r the score of rank r, 1 to n; odd indexes are the
 * half ranks that equal readings share.
 */
export function normalScores(n: number): Float64Array {
  const known = tables.get(n);
  if (known !== undefined) return known;
  const table = Float64Array.from({ length: 2 * n + 1 }, (_, twice) =>
    twice < 2 ? 0 : quantile((twice / 2 - 0.375) / (n + 0.25)),
  );
  tables.set(n, table);
  return table;
}
