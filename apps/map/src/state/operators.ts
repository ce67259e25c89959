const NAMES: Readonly<Record<string, string>> = {
  aws: 'AWS',
  azure: 'Azure',
  gcp: 'Google Cloud',
  oci: 'Oracle Cloud',
};

/** How an operator is called on the map; its id where we have no shorter name for it. */
export const operatorName = (operatorId: string): string => NAMES[operatorId] ?? operatorId;

/** The operator's own name of a region, without our prefix: `aws:me-central-1` gives `me-central-1`. */
export const ownName = (regionId: string): string => regionId.slice(regionId.indexOf(':') + 1);

/** The name of a country in English, from its alpha-2 code; the code where it names none. */
export const countryName = (code: string): string => {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
};
