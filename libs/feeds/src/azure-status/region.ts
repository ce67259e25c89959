/**
 * The regions of Azure by the end of their ids, with the names Azure prints: its lists of regions, of Azure Government
 * and of Azure in China (learn.microsoft.com, version of 28 July 2026). A spec holds it against our reference data.
 */
export const REGION_NAMES: Readonly<Record<string, string>> = {
  australiacentral2: 'Australia Central 2',
  australiacentral: 'Australia Central',
  australiaeast: 'Australia East',
  australiasoutheast: 'Australia Southeast',
  austriaeast: 'Austria East',
  belgiumcentral: 'Belgium Central',
  brazilsouth: 'Brazil South',
  brazilsoutheast: 'Brazil Southeast',
  canadacentral: 'Canada Central',
  canadaeast: 'Canada East',
  centralindia: 'Central India',
  centralus: 'Central US',
  chilecentral: 'Chile Central',
  chinaeast2: 'China East 2',
  chinaeast3: 'China East 3',
  chinaeast: 'China East',
  chinanorth2: 'China North 2',
  chinanorth3: 'China North 3',
  chinanorth: 'China North',
  denmarkeast: 'Denmark East',
  eastasia: 'East Asia',
  eastus2: 'East US 2',
  eastus: 'East US',
  francecentral: 'France Central',
  francesouth: 'France South',
  germanynorth: 'Germany North',
  germanywestcentral: 'Germany West Central',
  indiasouthcentral: 'India South Central',
  indonesiacentral: 'Indonesia Central',
  israelcentral: 'Israel Central',
  italynorth: 'Italy North',
  japaneast: 'Japan East',
  japanwest: 'Japan West',
  koreacentral: 'Korea Central',
  koreasouth: 'Korea South',
  malaysiawest: 'Malaysia West',
  mexicocentral: 'Mexico Central',
  newzealandnorth: 'New Zealand North',
  northcentralus: 'North Central US',
  northeurope: 'North Europe',
  norwayeast: 'Norway East',
  norwaywest: 'Norway West',
  polandcentral: 'Poland Central',
  qatarcentral: 'Qatar Central',
  southafricanorth: 'South Africa North',
  southafricawest: 'South Africa West',
  southcentralus: 'South Central US',
  southeastasia: 'Southeast Asia',
  southindia: 'South India',
  spaincentral: 'Spain Central',
  swedencentral: 'Sweden Central',
  switzerlandnorth: 'Switzerland North',
  switzerlandwest: 'Switzerland West',
  uaecentral: 'UAE Central',
  uaenorth: 'UAE North',
  uksouth: 'UK South',
  ukwest: 'UK West',
  usdodcentral: 'US DoD Central',
  usdodeast: 'US DoD East',
  usgovarizona: 'US Gov Arizona',
  usgovtexas: 'US Gov Texas',
  usgovvirginia: 'US Gov Virginia',
  westcentralus: 'West Central US',
  westeurope: 'West Europe',
  westindia: 'West India',
  westus2: 'West US 2',
  westus3: 'West US 3',
  westus: 'West US',
};

const NAMES = Object.values(REGION_NAMES)
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replaceAll(' ', '\\s'));
const NAMED = new RegExp(`(?<![\\w-])(?:${NAMES.join('|')})(?![\\w-])`, 'g');

/** The region a category is, `azure:uaenorth` of "UAE North"; null where it is a service, a place of no region, or anything else. */
export function regionOfCategory(category: string): string | null {
  const code = category.toLowerCase().replace(/\s+/g, '');
  return Object.hasOwn(REGION_NAMES, code) ? `azure:${code}` : null;
}

/** The regions a title names as Azure writes them; "North Central US" is one region, and not "Central US". */
export function regionsInTitle(title: string): string[] {
  const found = [...title.matchAll(NAMED)].flatMap(([name]) => regionOfCategory(name) ?? []);
  return [...new Set(found)].sort();
}
