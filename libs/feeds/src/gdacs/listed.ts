/**
 * One event as GDACS lists it, in either of the two shapes, nothing read yet: texts from the RSS, texts and numbers from
 * the event list.
 */
export interface ListedEvent {
  /** Place of the item in its document: `/channel/item/3`, `/features/0`. */
  readonly locator: string;
  /** Place of the fields of the item, to which a field's name is added. */
  readonly fieldsAt: string;
  readonly positionAt: string;
  readonly shape: 'rss' | 'list';
  readonly eventtype: unknown;
  readonly eventid: unknown;
  readonly episodeid: unknown;
  /** Counts the states of an episode; the RSS only. */
  readonly version: unknown;
  readonly alertlevel: unknown;
  readonly alertscore: unknown;
  readonly episodealertlevel: unknown;
  readonly episodealertscore: unknown;
  readonly iscurrent: unknown;
  readonly temporary: unknown;
  readonly fromdate: unknown;
  readonly todate: unknown;
  readonly datemodified: unknown;
  readonly pubDate: unknown;
  readonly lon: unknown;
  readonly lat: unknown;
  readonly severity: unknown;
  readonly severityUnit: unknown;
  readonly severityText: unknown;
  readonly population: unknown;
  readonly country: unknown;
  readonly iso3: unknown;
  /** Further ISO 3166 codes of countries, where the shape gives them. */
  readonly affected: readonly unknown[];
  readonly title: unknown;
  readonly description: unknown;
  readonly link: unknown;
  /** Who observed it, as GDACS names them: NEIC, JTWC. The event list only. */
  readonly observer: unknown;
}
