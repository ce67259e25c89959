/** 95th percentile of the standard normal. */
export const Z_95 = 1.6448536269514722;

const furthest = 8;

/** Distribution function of the standard normal, by Marsaglia's series; 0 and 1 beyond ±8. */
export function normalProbability(x: number): number {
  if (Math.abs(x) > furthest) return x > 0 ? 1 : 0;
  let term = x;
  let sum = x;
  for (let odd = 3; ; odd += 2) {
    term *= (x * x) / odd;
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  return Math.min(1, Math.max(0, 0.5 + density * sum));
}

// The three ratios of AS 241, by Horner's rule, written out: this is done for every simulated year.

function central(x: number): number {
  const over =
    ((((((2509.0809287301226727 * x + 33430.575583588128105) * x + 67265.770927008700853) * x + 45921.953931549871457) *
      x +
      13731.693765509461125) *
      x +
      1971.5909503065514427) *
      x +
      133.14166789178437745) *
      x +
    3.387132872796366608;
  const under =
    ((((((5226.495278852854561 * x + 28729.085735721942674) * x + 39307.89580009271061) * x + 21213.794301586595867) *
      x +
      5394.1960214247511077) *
      x +
      687.1870074920579083) *
      x +
      42.313330701600911252) *
      x +
    1;
  return over / under;
}

function tail(x: number): number {
  const over =
    ((((((7.7454501427834140764e-4 * x + 0.0227238449892691845833) * x + 0.24178072517745061177) * x +
      1.27045825245236838258) *
      x +
      3.64784832476320460504) *
      x +
      5.7694972214606914055) *
      x +
      4.6303378461565452959) *
      x +
    1.42343711074968357734;
  const under =
    ((((((1.05075007164441684324e-9 * x + 5.475938084995344946e-4) * x + 0.0151986665636164571966) * x +
      0.14810397642748007459) *
      x +
      0.68976733498510000455) *
      x +
      1.6763848301838038494) *
      x +
      2.05319162663775882187) *
      x +
    1;
  return over / under;
}

function farTail(x: number): number {
  const over =
    ((((((2.01033439929228813265e-7 * x + 2.71155556874348757815e-5) * x + 0.0012426609473880784386) * x +
      0.026532189526576123093) *
      x +
      0.29656057182850489123) *
      x +
      1.7848265399172913358) *
      x +
      5.4637849111641143699) *
      x +
    6.6579046435011037772;
  const under =
    ((((((2.04426310338993978564e-15 * x + 1.4215117583164458887e-7) * x + 1.8463183175100546818e-5) * x +
      7.868691311456132591e-4) *
      x +
      0.0148753612908506148525) *
      x +
      0.13692988092273580531) *
      x +
      0.59983220655588793769) *
      x +
    1;
  return over / under;
}

/** Quantile of the standard normal for 0 < p < 1 (Wichura 1988, algorithm AS 241, PPND16). */
export function normalQuantile(p: number): number {
  const offset = p - 0.5;
  if (Math.abs(offset) <= 0.425) return offset * central(0.180625 - offset * offset);
  const depth = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const size = depth <= 5 ? tail(depth - 1.6) : farTail(depth - 5);
  return offset < 0 ? -size : size;
}
