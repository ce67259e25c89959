/*
 * The kernel of libs/scoring/src/site-walk.ts and point-index.ts in C, operation for operation, so that every sum is
 * the same bits. Must be compiled without fast-math and without contraction to fused multiply-adds.
 *
 *   site-hazard IN OUT ROUNDS
 *
 * IN:  int64 siteCount, incidentCount, tableLength; x, y, z by position; cell offsets (int32, 64801 and one of padding);
 *      per incident: lon, lat, radiusKm, cx, cy, cz, chordLimit, peak, perKm; the table of e^(-n/64). All else float64.
 * OUT: the sums by position. Prints the seconds of processor time of each round, one a line.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS 180
#define COLUMNS 360
static const double EARTH_RADIUS_KM = 6371.0088, MARGIN = 1e-9, ROUNDER = 1.5 * 4096;
static const double RADIANS = 3.14159265358979323846 / 180;

static const double *x, *y, *z, *table;
static const int32_t *offsets;
static double *sums;

static inline void walk(int fromCell, int toCell, const double *incident) {
  const double cx = incident[3], cy = incident[4], cz = incident[5];
  const double limit = incident[6], peak = incident[7], perKm = incident[8];
  for (int32_t at = offsets[fromCell], to = offsets[toCell]; at < to; at++) {
    const double dx = x[at] - cx, dy = y[at] - cy, dz = z[at] - cz;
    const double chord2 = dx * dx + dy * dy + dz * dz;
    if (chord2 > limit) continue;
    const double h2 = chord2 / 4;
    const double arc =
        EARTH_RADIUS_KM * sqrt(chord2) * (1 + h2 * (1.0 / 6 + h2 * (3.0 / 40 + h2 * (5.0 / 112))));
    const double lengths = arc * perKm;
    if (lengths > 38) continue;
    const int32_t step = (int32_t)(lengths * 64 + 0.5);
    const double rest = step / 64.0 - lengths;
    const double series = 1 + rest * (1 + rest * (1.0 / 2 + rest * (1.0 / 6 + rest * (1.0 / 24))));
    sums[at] = sums[at] + (peak * (table[step] * series) + ROUNDER - ROUNDER);
  }
}

static int rowOf(double lat) {
  const int row = (int)floor(lat + 90);
  return row > ROWS - 1 ? ROWS - 1 : row;
}

static double columnsEast(double lon) {
  const double turned = fmod(lon, 360) + 180;
  if (turned >= 360) return turned - 360;
  if (turned >= 0) return turned;
  return turned + 360 < 360 - 0x1p-44 ? turned + 360 : 360 - 0x1p-44;
}

static void add(const double *incident) {
  if (incident[6] < 0) return;
  const double lat = incident[1], reach = incident[2] / EARTH_RADIUS_KM / RADIANS + MARGIN;
  const double bottom = lat - reach > -90 ? lat - reach : -90, top = lat + reach < 90 ? lat + reach : 90;
  double half = 180;
  if (fabs(lat) + reach < 90) {
    const double sine = sin(reach * RADIANS) / cos(lat * RADIANS);
    half = asin(sine < 1 ? sine : 1) / RADIANS + MARGIN;
  }
  const double lon = columnsEast(incident[0]), west = lon - half, east = lon + half;
  for (int row = rowOf(bottom), last = rowOf(top); row <= last; row++) {
    const int start = row * COLUMNS;
    if (half >= 180) {
      walk(start, start + COLUMNS, incident);
    } else if (west < 0) {
      const int e = start + (int)floor(east) + 1, w = start + (int)floor(west + COLUMNS);
      walk(start, e, incident);
      walk(w > e ? w : e, start + COLUMNS, incident);
    } else if (east >= COLUMNS) {
      const int e = start + (int)floor(east - COLUMNS) + 1, w = start + (int)floor(west);
      walk(start, e, incident);
      walk(w > e ? w : e, start + COLUMNS, incident);
    } else {
      walk(start + (int)floor(west), start + (int)floor(east) + 1, incident);
    }
  }
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  FILE *in = fopen(arguments[1], "rb");
  int64_t sizes[3];
  if (!in || fread(sizes, sizeof sizes, 1, in) != 1) return 1;
  const int64_t sites = sizes[0], incidents = sizes[1];
  const size_t cells = ROWS * COLUMNS + 2;
  const size_t rest = (3 * sites + 9 * incidents + sizes[2]) * sizeof(double) + cells * sizeof(int32_t);
  char *bytes = malloc(rest);
  sums = malloc(sites * sizeof(double));
  if (!bytes || !sums || fread(bytes, 1, rest, in) != rest) return 1;
  x = (const double *)bytes;
  y = x + sites;
  z = y + sites;
  offsets = (const int32_t *)(z + sites);
  const double *columns = (const double *)(offsets + cells);
  table = columns + 9 * incidents;
  for (int round = 0, rounds = atoi(arguments[3]); round < rounds; round++) {
    memset(sums, 0, sites * sizeof(double));
    struct timespec begin, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (int64_t at = 0; at < incidents; at++) add(columns + 9 * at);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    printf("%.9f\n", (end.tv_sec - begin.tv_sec) + 1e-9 * (end.tv_nsec - begin.tv_nsec));
  }
  FILE *out = fopen(arguments[2], "wb");
  if (!out || fwrite(sums, sizeof(double), sites, out) != (size_t)sites) return 1;
  return fclose(out) != 0;
}
