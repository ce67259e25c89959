import fc from 'fast-check';
import { message, indexOf } from './cap-messages.js';

/** One thing a source tells at one time: what its document holds of it, as that source writes it. */
export interface Telling {
  readonly feedId: string;
  readonly content: unknown;
  /** The source’s own name of what it is about. */
  readonly eventId: string;
}

const BASE_MS = Date.UTC(2026, 5, 1);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const isoOf = (ms: number) => new Date(ms).toISOString();
const hours = (max: number) => fc.integer({ min: 0, max }).map((count) => BASE_MS + count * HOUR_MS);

/** Where and when things happen: few places and hours, so that many coincide, within one feed and across feeds. */
const where = fc.constantFrom<[number, number]>([51.2, 26.1], [51.3, 26.0], [140.1, 38.2], [-70.5, -20.1]);

/** Earthquakes that are revised, moved, reviewed, deleted, and sometimes told again after that. */
export const quakeHistories: fc.Arbitrary<Telling[]> = fc
  .array(
    fc.record({
      time: hours(30),
      lonLat: where,
      states: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 600 }),
          magnitude: fc.integer({ min: 40, max: 70 }),
          status: fc.constantFrom('automatic', 'automatic', 'reviewed', 'deleted'),
          movedMs: fc.constantFrom(0, 0, 1_500, 70_000),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((quakes) =>
    quakes.flatMap(({ time, lonLat, states }, quake) => {
      let updated = time;
      return states.map(({ after, magnitude, status, movedMs }): Telling => {
        updated += after * MINUTE_MS;
        const place = `${quake} km N of somewhere`;
        return {
          feedId: 'usgs',
          eventId: `q${quake}`,
          content: {
            type: 'Feature',
            id: `q${quake}`,
            properties: {
              mag: magnitude / 10,
              magType: 'mb',
              place,
              time: time + movedMs,
              updated,
              status,
              type: 'earthquake',
              title: `M ${magnitude / 10} - ${place}`,
            },
            geometry: { type: 'Point', coordinates: [...lonLat, 10] },
          },
        };
      });
    }),
  );

/** Events with episodes and alert levels that go up and down, and end, some in the hour another source names for them. */
export const disasterHistories: fc.Arbitrary<Telling[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom('EQ', 'TC', 'FL', 'VO', 'WF'),
      from: hours(30),
      lonLat: where,
      states: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 600 }),
          episode: fc.constantFrom(0, 0, 1),
          level: fc.constantFrom('Green', 'Orange', 'Red'),
          severity: fc.integer({ min: 40, max: 70 }),
          isOver: fc.nat(4).map((chance) => chance === 0),
          lastsHours: fc.integer({ min: 0, max: 80 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((events) =>
    events.flatMap(({ type, from, lonLat, states }, index) => {
      let changed = from;
      let episodeId = 100 + index * 10;
      return states.map(({ after, episode, level, severity, isOver, lastsHours }): Telling => {
        changed += after * MINUTE_MS;
        episodeId += episode;
        const eventid = 1_500_000 + index;
        return {
          feedId: 'gdacs',
          eventId: `${type}${eventid}`,
          content: {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: lonLat },
            properties: {
              eventtype: type,
              eventid,
              episodeid: episodeId,
              name: `Event ${index}`,
              alertlevel: level,
              alertscore: 1,
              istemporary: 'false',
              iscurrent: String(!isOver),
              country: 'Qatar',
              iso3: 'QAT',
              fromdate: isoOf(from).slice(0, 19),
              todate: isoOf(from + lastsHours * HOUR_MS).slice(0, 19),
              datemodified: isoOf(changed).slice(0, 19),
              source: type === 'EQ' ? 'NEIC' : 'GDACS',
              Class: 'Point_Centroid',
              severitydata: { severity: severity / 10, severitytext: `Severity ${severity}`, severityunit: 'M' },
            },
          },
        };
      });
    }),
  );

const REGIONS = [
  { code: 'me-central-1', zones: ['mec1-az1', 'mec1-az2', 'mec1-az3'] },
  { code: 'me-south-1', zones: ['mes1-az1', 'mes1-az2'] },
] as const;
const POSTS: readonly ((zone: string, other: string) => string)[] = [
  () => 'We are investigating increased error rates in the Region.',
  (zone) => `We can confirm that a localized power issue has affected a single Availability Zone (${zone}).`,
  (zone) => `We continue to work on the localized power issue in a single Availability Zone (${zone}).`,
  (zone) => `One of our Availability Zones (${zone}) was impacted by objects that struck the data center.`,
  (zone, other) => `${zone} and ${other} remain significantly impaired. We expect recovery to take at least a day.`,
  (zone, other) => `${zone} is unavailable, and ${other} continues to operate normally.`,
  (zone) => `The ${zone} zone is now operating normally.`,
  () => 'The infrastructure was physically impacted as a result of drone strikes.',
  () => 'The Region suffered damage and is unable to support customer applications.',
  () => 'We continue to work on it.',
  () => 'The issue has been resolved and the service is operating normally.',
];

/**
 * Events of the board of AWS, each told as its log stood after every one of its posts; the last may be marked as over, and
 * a post may be worded anew later.
 */
export const boardHistories: fc.Arbitrary<Telling[]> = fc
  .array(
    fc.record({
      region: fc.constantFrom(...REGIONS),
      start: hours(30),
      posts: fc.array(
        fc.record({
          after: fc.integer({ min: 0, max: 900 }),
          text: fc.constantFrom(...POSTS),
          zone: fc.nat(),
          status: fc.constantFrom(0, 1, 2, 3),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      isMarked: fc.boolean(),
      rewrites: fc.array(fc.record({ post: fc.nat(), from: fc.nat(), text: fc.constantFrom(...POSTS) }), {
        maxLength: 1,
      }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((events) =>
    events.flatMap(({ region, start, posts, isMarked, rewrites }, index) => {
      const arn = `arn:aws:health:${region.code}::event/MULTIPLE_SERVICES/ISSUE/ISSUE_${index}`;
      let at = start;
      const log = posts.map(({ after, text, zone, status }) => {
        at += after * MINUTE_MS;
        const [one, other] = [0, 1].map((step) => region.zones[(zone + step) % region.zones.length]!);
        return { summary: 'Increased Error Rates', message: text(one!, other!), status, timestamp: at / 1000 };
      });
      return log.map((entry, last): Telling => {
        const isOver = isMarked && last === log.length - 1;
        return {
          feedId: 'aws-health',
          eventId: arn,
          content: {
            date: String(start / 1000),
            arn,
            status: String(entry.status),
            service: `multipleservices-${region.code}`,
            summary: isOver ? '[RESOLVED] Increased Error Rates' : 'Increased Error Rates',
            event_log: log.slice(0, last + 1).map((post, at) => {
              const rewrite = rewrites.find((one) => one.post % log.length === at && one.from % log.length <= last);
              return rewrite ? { ...post, message: rewrite.text(region.zones[0], region.zones[1]) } : post;
            }),
            impacted_services: {},
          },
        };
      });
    }),
  );

const SENDER = 'warnings@example.org';

/** Alerts, updates that replace some of what went before, that split one alert or join two, and cancellations. */
export const alertHistories: fc.Arbitrary<Telling[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('Alert', 'Update', 'Update', 'Cancel'),
      speaksOf: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
      later: fc.integer({ min: 0, max: 2 }),
      onset: hours(30),
      event: fc.constantFrom('Storm', 'Flood', 'Earthquake'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((steps) => {
    const sent: { identifier: string; minute: number }[] = [];
    let minute = 0;
    return steps.map(({ kind, speaksOf, later, onset, event }, index): Telling => {
      minute += later;
      const at = minute;
      const earlier = sent.filter((one) => one.minute < at);
      const msgType = earlier.length === 0 ? 'Alert' : kind;
      const references = [...new Set(speaksOf.map((of) => earlier[of % earlier.length]))].map(
        (one) => one && `${SENDER},${one.identifier},${sentAt(one.minute)}`,
      );
      const identifier = `m-${index}`;
      sent.push({ identifier, minute: at });
      const content = message({
        identifier,
        sender: SENDER,
        sent: sentAt(at),
        msgType,
        references: msgType === 'Alert' ? null : references.join(' '),
        info: {
          event,
          category: event === 'Earthquake' ? 'Geo' : 'Met',
          headline: `${event} told by ${index}`,
          onset: isoOf(onset).replace('.000Z', '+00:00'),
          expires: '2026-06-03T00:00:00+00:00',
        },
        area: '<circle>26.05,51.25 40</circle>',
      });
      return { feedId: 'cap', eventId: identifier, content };
    });
  });

function sentAt(minute: number): string {
  return isoOf(BASE_MS + minute * MINUTE_MS).replace('.000Z', '+00:00');
}

/** One document of one feed with these tellings, in this order. */
export function documentOf(feedId: string, tellings: readonly Telling[]): Uint8Array {
  const contents = tellings.map(({ content }) => content);
  return new TextEncoder().encode(written(feedId, contents));
}

function written(feedId: string, contents: readonly unknown[]): string {
  if (feedId === 'aws-health') return JSON.stringify(contents);
  if (feedId === 'cap') return contents.length === 1 ? String(contents[0]) : indexOf(contents.map(String));
  return JSON.stringify({ type: 'FeatureCollection', features: contents });
}
